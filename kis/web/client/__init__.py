"""The client's pages: the status table, the waiting list, the week, Jobs."""
