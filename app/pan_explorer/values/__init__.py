"""The small frozen values of which the window's state is made."""
