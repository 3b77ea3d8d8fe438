"""The pages: one package per party, and what they share."""
