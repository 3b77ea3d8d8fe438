"""Bills to clients: what every run worked out, once on an invoice."""
