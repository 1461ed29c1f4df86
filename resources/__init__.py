"""Checkpoints, digits, photographs, samples and icons that come with the program."""
