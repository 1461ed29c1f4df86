"""Composed photographs: drawn objects with attributes, on photographs (the data set vg-tiny)."""
