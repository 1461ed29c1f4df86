"""One pass over a set of questions: how often a network is right, and how much of its attention is on the target."""
