"""A lifelike agency to look around in, made by the real operations."""
