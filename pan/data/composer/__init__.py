"""Scenes composed by the user, of digits or of objects cut out of a set's images."""
