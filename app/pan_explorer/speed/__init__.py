"""Programs that measure how fast the window is."""
