"""The window of PAN Explorer: everything Qt."""

NAME = "pan-explorer"
"""What the system calls the program."""
