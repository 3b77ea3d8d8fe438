"""The agency, its clients, contacts, workers and placements, and who acts: the Actor."""
