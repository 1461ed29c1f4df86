"""Work as a generator: it yields its progress and returns its result."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import NamedTuple, TypeVar

Step = TypeVar("Step")
Other = TypeVar("Other")
Result = TypeVar("Result")


class Preparing(NamedTuple):
    """Progress of one stage of the work.

    Attributes:
        what: The stage, in words.
        done: Items done.
        total: Items to do.
    """

    what: str
    done: int
    total: int


def run_to_end(work: Generator[Step, None, Result], report: Callable[[Step], object]) -> Result:
    """Run the work, call `report` with each step, and return the result."""
    while True:
        try:
            step = next(work)
        except StopIteration as done:
            result: Result = done.value
            return result
        report(step)


def map_steps(
    work: Generator[Step, None, Result], change: Callable[[Step], Other | None]
) -> Generator[Other, None, Result]:
    """The same work with `change(step)` in place of each step, which None leaves out. Closing it closes the work."""
    with closing(work):
        while True:
            try:
                step = next(work)
            except StopIteration as done:
                result: Result = done.value
                return result
            if (changed := change(step)) is not None:
                yield changed


def counted(
    work: Generator[int, None, Result], what: str, total: int, every: int = 1
) -> Generator[Preparing, None, Result]:
    """Work that yields how many items are done, as a stage with a name and a total.

    Args:
        work: The work.
        what: The stage, in words.
        total: Items to do.
        every: Only each multiple of this number is reported, and the total.
    """
    return map_steps(
        work, lambda done: Preparing(what, done, total) if done % every == 0 or done == total else None
    )
