"""A look through a set before anything is trained on it."""

from pan.data.check.check import Checked, check_set

__all__ = ["Checked", "check_set"]
