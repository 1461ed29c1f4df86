"""Checks a set before training on it."""

from pan.data.check.check import Checked, check_set
from pan.data.check.findings import about_words
from pan.data.check.guessing import guesses_about, guesses_on
from pan.data.check.rows import read_rows

__all__ = ["Checked", "about_words", "check_set", "guesses_about", "guesses_on", "read_rows"]
