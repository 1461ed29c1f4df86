"""Data: scenes of digits, photographs, and sets of questions in memory and on disk."""
