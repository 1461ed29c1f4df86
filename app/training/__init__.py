"""Training in the window: its part of the session, what it shows, and what runs behind it."""
