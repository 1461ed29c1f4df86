"""The panel of training, at the foot of the window."""
