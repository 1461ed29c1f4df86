"""What the window shows, as frozen values, and the session file that keeps it."""
