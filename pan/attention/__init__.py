"""Attention at the image's resolution, and surgery on it."""
