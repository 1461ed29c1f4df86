"""The browser of an evaluated set."""
