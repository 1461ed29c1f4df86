"""Evaluation: accuracy and attention of a network, measured in one pass over a set of questions."""
