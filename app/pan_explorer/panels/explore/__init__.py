"""The page that compares networks, and the display settings beside it."""
