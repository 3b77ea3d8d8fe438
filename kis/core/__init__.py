"""The ground floor: the clock, weeks, minutes, files and append-only tables."""
