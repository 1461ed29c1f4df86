"""The page on which networks are compared."""
