"""A run on disk: its folder, log, status, state and probes."""
