"""File and message formats, in and out."""
