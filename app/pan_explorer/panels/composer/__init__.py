"""The page on which scenes are composed."""
