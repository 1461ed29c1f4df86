"""How the cost of a set grows with its questions: `python -m pan.benchmark.growth`."""
