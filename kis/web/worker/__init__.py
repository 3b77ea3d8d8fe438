"""The worker's pages: the week, its fate, the history."""
