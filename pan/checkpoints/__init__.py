"""Trained networks: one file each, and the library of all at hand."""
