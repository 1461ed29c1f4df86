"""Range checks of a recipe's fields, with their error messages."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pan.system.errors import InputError

MOST = 2**31 - 1
"""The largest whole number of a field: products of such numbers do not overflow in 64 bits."""


def check_ranges(fields: object, *names: str, least: int, most: int = MOST) -> None:
    """Check fields that are numbers or tuples of numbers.

    Raises:
        InputError: If a number is not finite, below `least`, or a whole number above `most`.
    """
    for name in names:
        value = getattr(fields, name)
        for number in value if isinstance(value, tuple) else (value,):
            if not math.isfinite(number):
                raise InputError(f"{name} must be a finite number, not {number}.")
            if number < least:
                bound = "at least 1" if least == 1 else f"{least} or above"
                raise InputError(f"{name} must be {bound}, not {number}.")
            if isinstance(number, int) and number > most:
                raise InputError(f"{name} must be at most {most}, not {number}.")


def one_of(name: str, value: str, choices: Sequence[str]) -> None:
    """Check a field against its choices.

    Raises:
        InputError: If the value is not one of them.
    """
    if value not in choices:
        *others, last = choices
        raise InputError(f"{name} must be {', '.join(others)} or {last}, not {value}.")
