"""A run's log: one line for each thing worth remembering, in the run's folder and in the window alike."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from datetime import datetime
from math import isnan
from pathlib import Path

from app.training_state import LogLine, Opened
from pan.events import Epoch, Event, Finished, Started
from pan.files import cannot_write


def with_log(events: Iterable[Event], run: Path) -> Generator[Event | Opened | LogLine, None, None]:
    """The same events, with the run's folder as soon as it exists and each line as it is written to the log.

    Raises:
        InputError: If the log cannot be written.
    """
    opened = False
    for event in events:
        if not opened:
            opened = True
            yield Opened(run)
        yield event
        if text := describe(event):
            yield write_line(run, text)


def write_line(run: Path, text: str) -> LogLine:
    """Add a line with the time of day to the run's log.

    Raises:
        InputError: If the log cannot be written.
    """
    from pan.runs import LOG  # brings torch, for which the window does not wait

    line = f"{datetime.now():%H:%M:%S}  {text}"
    try:
        with (run / LOG).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError as error:
        raise cannot_write(run / LOG, error) from error
    return LogLine(line)


def logged_device(run: Path) -> str:
    """The device on which a run was trained last; empty where its log does not say."""
    from pan.runs import LOG  # as above

    try:
        text = (run / LOG).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    devices = re.findall(r" steps.*?, on (\S+) in ", text)
    return devices[-1] if devices else ""


def describe(event: Event) -> str:
    """The event in words, empty where it is not worth a line."""
    match event:
        case Started():
            begin = f"goes on at step {event.step:,} of {event.steps:,}" if event.step else f"{event.steps:,} steps"
            taken = f", took {event.taken} from {event.recipe.start}" if event.taken else ""
            return (f"{event.recipe.name} {event.recipe.preset}: {event.parameters:,} parameters, {begin}, "
                    f"on {event.device} in {event.precision}, {event.source}{taken}")
        case Epoch():
            layers = " ".join(f"{100 * share:.0f}" for share in event.tpr_by_layer if not isnan(share))
            return (f"epoch {event.epoch} of {event.epochs}: validation {100 * event.validation_accuracy:.1f} % "
                    f"(loss {event.validation_loss:.3f}), training {100 * event.accuracy:.1f} % (loss {event.loss:.3f})"
                    + (f", TPR by layer {layers} %" if layers else "") + (", best so far" if event.best else ""))
        case Finished():
            return f"finished: best validation {100 * event.validation_accuracy:.1f} % after {event.seconds:,.0f} s"
    return ""
