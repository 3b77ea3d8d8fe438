"""Outgoing mail: an outbox written in the business transaction, delivered by the worker process."""
