"""Scenes of digits: MNIST Reference and its variants (section 4.1)."""
