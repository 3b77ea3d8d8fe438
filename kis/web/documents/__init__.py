"""Documenten: the lists and the downloads."""
