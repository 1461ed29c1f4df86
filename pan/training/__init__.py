"""Training: a loop that yields events, and runs as folders.

This package imports nothing, so that the window can use `pan.training.events` without torch.
"""
