"""Time and memory of the commands as a set grows: `python -m pan.benchmark.growth`."""
