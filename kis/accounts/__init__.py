"""Users, their one-time links and how they sign in."""
