"""The log of a run, log.txt: a line with the time of day for each important event."""

from __future__ import annotations

import os
import traceback
from collections.abc import Generator
from contextlib import closing, suppress
from datetime import datetime
from math import isnan
from pathlib import Path

from pan.system.errors import InputError
from pan.system.files import cannot_write
from pan.system.outside import open_bytes
from pan.training.events import Epoch, Event, Finished, Logged, Started, Step
from pan.training.runs.folder import LOG

STOPPED = "stopped"
MOST_BYTES = 2**20
"""Most bytes that are read from the end of a log."""


def with_log(events: Generator[Event, None, None], run: Path) -> Generator[Event, None, None]:
    """Write events and the end of the run to the log; yields the events, and a `Logged` before each logged one.

    Raises:
        InputError: If the log cannot be written.
    """
    step, finished = 0, False
    try:
        with closing(events):
            for event in events:
                if text := describe(event):
                    yield Logged(write_line(run, text))
                if isinstance(event, Step | Started):
                    step = event.step
                finished = isinstance(event, Finished)
                yield event
    except GeneratorExit:
        if not finished:
            _write_if_possible(run, f"{STOPPED} at step {step:,}")
        raise
    except BaseException as error:
        _write_if_possible(run, *_describe_failure(error))
        raise


def write_line(run: Path, text: str) -> str:
    """Append a line to the log; returns it with its time.

    Raises:
        InputError: If the log cannot be written.
    """
    line = f"{datetime.now():%H:%M:%S}  {text}"
    try:
        with (run / LOG).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(line + "\n")
    except OSError as error:
        raise cannot_write(run / LOG, error) from error
    return line


def read_log(run: Path) -> tuple[str, ...]:
    """The lines of the log, of a very long one the last; empty if there is no log."""
    try:
        with open_bytes(run / LOG) as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - MOST_BYTES))
            return tuple(file.read(MOST_BYTES).decode("utf-8", errors="replace").splitlines())
    except OSError:
        return ()


def describe(event: Event) -> str:
    """An event in words; empty if it is not logged."""
    match event:
        case Started():
            begin = f"goes on at step {event.step:,} of {event.steps:,}" if event.step else f"{event.steps:,} steps"
            taken = f", took {event.taken} from {event.recipe.start}" if event.taken else ""
            return (f"{event.recipe.name} {event.recipe.preset}: {event.parameters:,} parameters, {begin}, "
                    f"on {event.device} in {event.precision}, {event.source}{taken}")
        case Epoch():
            attention = [f", {name} by layer {layers} %" for name, shares in
                         (("TPR", event.tpr_by_layer), ("PxAP", event.pxap_by_layer))
                         if (layers := " ".join(f"{100 * share:.0f}" for share in shares if not isnan(share)))]
            mean = event.mean_average_precision
            ranked = "" if mean is None else f", mAP {100 * mean:.1f} %"
            return (f"epoch {event.epoch} of {event.epochs}: validation {100 * event.validation_accuracy:.1f} %"
                    f"{ranked} (loss {event.validation_loss:.3f}), "
                    f"training {100 * event.accuracy:.1f} % (loss {event.loss:.3f})"
                    + "".join(attention) + (", best so far" if event.best else ""))
        case Finished():
            return f"finished: best validation {100 * event.merit:.1f} % after {event.seconds:,.0f} s"
        case _:
            return ""


def _describe_failure(error: BaseException) -> list[str]:
    """One sentence for an `InputError`, otherwise the traceback."""
    if isinstance(error, InputError):
        return [str(error)]
    if isinstance(error, KeyboardInterrupt):
        return [f"{STOPPED} by Ctrl-C"]
    return "".join(traceback.format_exception(error)).splitlines()


def _write_if_possible(run: Path, *lines: str) -> None:
    with suppress(InputError):  # a full disk may be what there is to log
        for line in lines:
            write_line(run, line)
