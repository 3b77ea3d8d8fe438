"""Documenten: files the agency shares, and who has seen them."""
