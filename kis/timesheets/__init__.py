"""The heart: hours, states, decisions and deadlines of a week."""
