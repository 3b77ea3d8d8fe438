"""KIS Online: an hours portal for temporary-employment agencies."""

__version__ = "0.1.0"
