"""Attention surgery: its part of the session, and what is changed."""
