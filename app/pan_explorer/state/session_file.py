"""Session files: the window's state as JSON, which can be opened later or on another computer."""

from __future__ import annotations

import json
from pathlib import Path

from pan.system.errors import InputError
from pan.system.files import write_whole
from pan.system.json_file import as_kind, read_json
from pan_explorer.state.saved_session import SavedSession, Snapshot
from pan_explorer.state.session_json import Written, from_json, to_json
from pan_explorer.state.session_places import Places, PlacesBeside

SUFFIX = ".panx"
FORMAT = "pan-session-1"


def save_session(path: Path, snapshot: Snapshot) -> None:
    """Write a session file; images, sets and networks are referred to by their paths.

    Raises:
        InputError: If the file cannot be written.
    """
    text = session_text(snapshot, PlacesBeside(path))
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def session_text(snapshot: Snapshot, places: Places) -> str:
    """The JSON text of a session file.

    Raises:
        InputError: If a file that is to be saved is missing.
    """
    return json.dumps({"format": FORMAT, **to_json(snapshot, places)}, indent=1)


def read_session(path: Path) -> SavedSession:
    """Read a session file; whether the files that it names exist is not checked.

    Raises:
        InputError: If it cannot be read or is not a session file.
    """
    try:
        values = read_json(path, dict)
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    except ValueError as error:
        raise InputError(f"{path} is no session file ({error}); it is cut short or of another kind.") from error
    if values.get("format") != FORMAT:
        raise InputError(f"{path} is no session of PAN Explorer.")
    try:
        return from_json(as_kind(values, Written), path.parent)
    except ValueError as error:
        raise InputError(f"{path} is damaged ({error}); save the session again.") from error
