"""The house itself: what must hold for every file, whoever writes it."""
