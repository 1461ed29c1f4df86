"""Cyclic garbage, collected on the GUI thread alone while another thread works.

The collector runs on whichever thread allocates, and in a worker's it may destroy Qt objects, which crashes.
"""

from __future__ import annotations

import gc
import sys


class GuiThreadGarbage:
    """Takes collecting over from Python while at least one job holds it."""

    def __init__(self) -> None:
        self._holders = 0
        self._automatic = True
        self._modules = 0

    def hold(self) -> None:
        """Python no longer collects by itself."""
        if self._holders == 0:
            self._automatic = gc.isenabled()
            self._modules = 0
            gc.disable()
        self._holders += 1

    def release(self) -> None:
        """The last one to let go gives collecting back."""
        self._holders -= 1
        if self._holders == 0 and self._automatic:
            gc.unfreeze()
            gc.enable()

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
