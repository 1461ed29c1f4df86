"""Figures of what networks look at, drawn from explanations and not from a window, without pyplot's global state."""
