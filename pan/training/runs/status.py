"""Where a run stands, as a file of its own: whether it goes on, how it ended, and what it was trained on last."""

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
    """What `status.json` holds.

    Attributes:
        phase: Whether the run goes on, or how it ended; one that goes on and is in nobody's use was cut off.
        device: Where it was trained last.
        step: Steps done when this was written.
    """

    phase: Literal["training", "finished", "stopped", "failed"] = "training"
    device: str = ""
    step: int = 0


def with_status(events: Generator[Event, None, None], run: Path) -> Generator[Event, None, None]:
    """The same events, the run's status being written when it begins and when it ends.

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
    """What the file says; None where there is none that can be read, as in runs of before 0.5."""
    try:
        return read_json(run / STATUS, Status)
    except (OSError, ValueError):
        return None


def read_ending(run: Path) -> Ending:
    """How the run ended last; one that was killed was cut off."""
    status = read_status(run)
    return "cut off" if status is None or status.phase == "training" else status.phase


def trained_on(run: Path) -> str:
    """The device on which a run was trained last; empty where that is not known."""
    status = read_status(run)
    return status.device if status else ""


def _write(run: Path, status: Status) -> None:
    text = json.dumps(asdict(status))
    write_whole(run / STATUS, lambda beside: beside.write_text(text + "\n", encoding="utf-8"))
