"""Values by names, one of which changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def with_name(values: Mapping[str, Value], old: str, new: str) -> dict[str, Value]:
    """The values with another name for one of them, in the same order; an empty name removes it."""
    return {new if name == old else name: value for name, value in values.items() if name != old or new}
