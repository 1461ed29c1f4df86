"""The window of PAN Explorer: everything Qt."""

NAME = "pan-explorer"
"""The program's name for settings and the desktop."""
