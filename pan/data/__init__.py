"""Digits, photographs, the scenes drawn from them, and sets of questions in memory and on disk."""
