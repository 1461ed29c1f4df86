"""Attention maps at the image's resolution, and attention surgery."""
