"""The agency's pages: cockpit, last approval, payroll, people, settings."""
