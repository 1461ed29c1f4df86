"""A network's answers in batches, and its explanation of one question, layer by layer."""
