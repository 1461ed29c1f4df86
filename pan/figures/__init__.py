"""Figures of explanations, drawn with matplotlib without pyplot's global state."""
