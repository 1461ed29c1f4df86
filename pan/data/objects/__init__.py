"""Composed photographs of objects with attributes."""
