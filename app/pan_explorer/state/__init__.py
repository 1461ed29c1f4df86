"""The state of the window as frozen dataclasses, and the session file that stores it."""
