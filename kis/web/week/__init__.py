"""The form of a week, for the two who write in it: the worker, and the agency for a worker who cannot."""
