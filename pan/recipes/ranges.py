"""The values that a recipe's fields may have, and the sentences that refuse others."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pan.system.errors import InputError

MOST = 2**31 - 1
"""The largest of whole numbers: sizes of sets of so many do not overflow, the memory is full before."""


def check_ranges(fields: object, *names: str, least: int, most: int = MOST) -> None:
    """Refuse numbers, or lists of them, that are out of range.

    Raises:
        InputError: If a field is below the least, a whole number above the most, or not finite.
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
    """Refuse a word that is none of a field's.

    Raises:
        InputError: If it is another.
    """
    if value not in choices:
        *others, last = choices
        raise InputError(f"{name} must be {', '.join(others)} or {last}, not {value}.")
