"""Settings, URL root and WSGI entry: where the house is put together."""
