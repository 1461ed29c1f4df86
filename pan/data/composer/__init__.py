"""Scenes that a person composes of digits."""
