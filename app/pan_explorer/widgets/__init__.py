"""Widgets that know nothing of attention networks."""
