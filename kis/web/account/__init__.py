"""Signing in, activation, and one's own account."""
