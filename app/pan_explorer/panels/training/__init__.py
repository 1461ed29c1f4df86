"""The training panel, at the bottom of the window."""
