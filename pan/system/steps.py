"""Work that yields how far it is and returns its result, run to its end."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

Step = TypeVar("Step")
Result = TypeVar("Result")


def follow(work: Generator[Step, None, Result], tell: Callable[[Step], object]) -> Result:
    """Run work to its end, telling each step, and return its result."""
    while True:
        try:
            step = next(work)
        except StopIteration as done:
            result: Result = done.value
            return result
        tell(step)
