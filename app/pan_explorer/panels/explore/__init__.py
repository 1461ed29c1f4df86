"""The page on which networks are compared, and the display settings beside it."""
