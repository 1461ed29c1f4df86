"""Inference: answers to a set of questions in batches, and the explanation of a single question."""
