"""Small frozen dataclasses that make up the window's state."""
