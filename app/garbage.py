"""Cyclic garbage, collected on the GUI thread alone while another thread works.

The collector runs on whichever thread allocates, and in a worker's it may destroy Qt objects, which crashes.
"""

from __future__ import annotations

import gc

MANY = 10_000  # new objects between two looks: an import's, which stay


class GuiThreadGarbage:
    """Takes collecting over from Python while at least one job holds it."""

    def __init__(self) -> None:
        self._holders = 0
        self._automatic = True

    def hold(self) -> None:
        """Python no longer collects by itself."""
        if self._holders == 0:
            self._automatic = gc.isenabled()
            gc.disable()
        self._holders += 1

    def release(self) -> None:
        """The last one to let go gives collecting back."""
        self._holders -= 1
        if self._holders == 0 and self._automatic:
            gc.unfreeze()
            gc.enable()

    def collect(self) -> None:
        """Collect the young where Python would have; to be called often, on the GUI thread.

        The old wait until the jobs are done, and so does what an import has just brought: going through all of
        torch takes 0.2 s, for which the window would stand still.
        """
        young, middle, _ = gc.get_threshold()
        new, rounds, _ = gc.get_count()
        if new > MANY:
            gc.freeze()
        elif rounds > middle:
            gc.collect(1)
        elif new > young:
            gc.collect(0)


GARBAGE = GuiThreadGarbage()
