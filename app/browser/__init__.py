"""The browser of an evaluated set: its part of the session, and what it shows."""
