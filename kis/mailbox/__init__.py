"""Berichten: threads between agency, clients and workers."""
