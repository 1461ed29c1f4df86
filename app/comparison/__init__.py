"""Which networks are compared: the values, and their part of the session."""
