"""The status of a run, status.json: whether it is running, how it ended, and its last device."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import read_json
from pan.training.events import Ending, Event, Finished, Started, Step

STATUS = "status.json"


@dataclass(frozen=True)
class Status:
    """The content of status.json.

    Attributes:
        phase: The phase of the run; `training` without a process that trains it means that it was killed.
        device: The device of the last session.
        step: Steps done when the file was written.
    """

    phase: Literal["training", "finished", "stopped", "failed"] = "training"
    device: str = ""
    step: int = 0


def with_status(events: Generator[Event, None, None], run: Path) -> Generator[Event, None, None]:
    """Write the status at the begin and the end of a run; yields the events unchanged.

    Raises:
        InputError: If it cannot be written when the run begins.
    """
    status = Status()
    _write(run, status)
    try:
        with closing(events):
            for event in events:
                if isinstance(event, Started):
                    status = replace(status, device=event.device, step=event.step)
                    _write(run, status)
                if isinstance(event, Step):
                    status = replace(status, step=event.step)
                if isinstance(event, Finished):
                    status = replace(status, phase="finished")
                yield event
    except (GeneratorExit, KeyboardInterrupt):
        if status.phase != "finished":
            status = replace(status, phase="stopped")
        raise
    except BaseException:
        status = replace(status, phase="failed")
        raise
    finally:
        with suppress(InputError):  # a full disk may be why the run ends
            _write(run, status)


def read_status(run: Path) -> Status | None:
    """Read the status; None if there is no readable file, as in runs before 0.5."""
    try:
        return read_json(run / STATUS, Status)
    except (OSError, ValueError):
        return None


def read_ending(run: Path) -> Ending:
    """The end of the last session; “cut off” if the process was killed."""
    status = read_status(run)
    return "cut off" if status is None or status.phase == "training" else status.phase


def trained_on(run: Path) -> str:
    """The device of the last session; empty if unknown."""
    status = read_status(run)
    return status.device if status else ""


def _write(run: Path, status: Status) -> None:
    text = json.dumps(asdict(status))
    write_whole(run / STATUS, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))
