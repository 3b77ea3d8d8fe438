"""Berichten: the inbox and the threads."""
