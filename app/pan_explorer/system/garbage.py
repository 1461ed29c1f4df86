"""Cyclic garbage collection on the GUI thread alone while other threads work.

Python's collector runs in the thread that allocates. In a worker thread it may destroy Qt objects, which crashes.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class GuiThreadGarbage:
    """Replaces Python's automatic collection while at least one job, or the start of the program, holds it."""

    def __init__(self) -> None:
        self._holders = 0
        self._automatic = True
        self._modules = 0

    def hold(self) -> None:
        """Switch the automatic collection off."""
        if self._holders == 0:
            self._automatic = gc.isenabled()
            self._modules = 0
            gc.disable()
        self._holders += 1

    def release(self) -> None:
        """Switch it on again when nothing holds it any more."""
        self._holders -= 1
        if self._holders == 0 and self._automatic:
            gc.unfreeze()
            gc.enable()

    @contextmanager
    def held_at_the_start(self) -> Iterator[None]:
        """Hold it while the program starts: modules and panels stay, and looking through them takes 50 ms.

        They join the oldest generation, which is collected last.
        """
        self.hold()
        try:
            yield
        finally:
            gc.freeze()
            self.release()

    def collect(self) -> None:
        """Collect where Python would have; to be called often, on the GUI thread.

        What was there before the first look, and what an import has brought since the last one, waits until the jobs
        are done: going through all of torch takes 0.2 s, for which the window would stand still. Nothing else may
        wait, however much it is: a run takes hours, and every figure drawn meanwhile leaves thousands of objects.
        """
        thresholds, (new, rounds, more_rounds) = gc.get_threshold(), gc.get_count()
        if len(sys.modules) > self._modules:
            self._modules = len(sys.modules)
            gc.freeze()
        elif more_rounds > thresholds[2]:
            gc.collect()
        elif rounds > thresholds[1]:
            gc.collect(1)
        elif new > thresholds[0]:
            gc.collect(0)


GARBAGE = GuiThreadGarbage()
