"""Training: a loop that yields what happens, over runs that are folders.

Nothing is imported here, so that `pan.training.events` is known to a window before torch is.
"""
