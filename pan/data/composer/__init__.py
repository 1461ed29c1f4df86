"""Scenes that a person composes: of digits, or of objects cut out of a set's pictures."""
