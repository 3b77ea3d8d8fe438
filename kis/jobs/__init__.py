"""Background work behind Django's task interface, kept in the database with leases."""
