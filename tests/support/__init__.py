"""What the tests lean on: databases, a stopped clock, a browser, query counts."""
