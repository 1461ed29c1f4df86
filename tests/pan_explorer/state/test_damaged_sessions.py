"""Whatever a session file or the settings hold, the window gets a sentence or what it can use."""

from __future__ import annotations

import json
import random
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from pan.data.composer.composition_json import to_json
from pan.data.opening import is_image_file
from pan.system.errors import LONGEST_SENTENCE, InputError
from pan_explorer import settings
from pan_explorer.pictures.reading import read_picture
from pan_explorer.state.session_file import FORMAT, read_session
from tests.pan.outside.damage import damaged
from tests.pan.outside.readers import SCENE

DAMAGED = Path(__file__).parents[2] / "cases" / "damaged"
SESSION = {
    "format": FORMAT, "kind": "mref", "folder": {"path": "/nowhere", "beside": "set"}, "query": "3",
    "image": {"name": "x.png", "path": "/nowhere/x.png"}, "models": [{"name": "mref/san", "shown": True}],
    "layers": ["att1", "att2"], "layer": "att2", "display": {"quantity": "attention", "field": True},
    "viewport": [0.5, 0.5, 1.0], "page": "explore", "view": "panes",
    "surgery": {"mref/san": {"att2": {"closed": [[1, 2]], "open": [], "strength": 1.0}}}, "scene": to_json(SCENE),
}  # fmt: skip


HUGE = DAMAGED / "DecompressionBombError_app_session_file.py_145"
"""A session whose image alone cannot be used."""


@pytest.mark.parametrize("case", sorted({path.parent.parent for path in DAMAGED.glob("*/input/s.panx")} - {HUGE}),
                         ids=lambda case: case.name)  # fmt: skip
def test_a_damaged_session_is_refused(case: Path) -> None:
    with pytest.raises(InputError):
        read_session(case / "input" / "s.panx")


def test_an_image_that_is_too_large_costs_a_session_the_image_alone() -> None:
    assert read_session(HUGE / "input" / "s.panx").embedded is None


@pytest.mark.parametrize("inputs", [300, pytest.param(1_700, marks=pytest.mark.slow)])
def test_any_session_is_read_or_refused_in_a_sentence(inputs: int, tmp_path: Path) -> None:
    path = tmp_path / "s.panx"
    path.write_text(json.dumps(SESSION))
    read_session(path)
    for number in range(inputs):
        path.write_bytes(damaged(json.dumps(SESSION).encode(), random.Random(f"session {number}")))
        sentence = said(path)
        assert sentence.isprintable(), number
        assert len(sentence) <= LONGEST_SENTENCE, number


def said(path: Path) -> str:
    """Why a session is refused, empty if it is read."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            read_session(path)
        except InputError as error:
            return str(error)
    return ""


def test_settings_with_a_name_that_no_system_takes_name_what_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = DAMAGED / "OSError_app_settings.py_104" / "input" / "pan-explorer.conf"
    (tmp_path / "settings.conf").write_bytes(source.read_bytes())
    kept = QSettings(str(tmp_path / "settings.conf"), QSettings.Format.IniFormat)
    monkeypatch.setattr(settings, "_settings", lambda: kept)
    assert all(not is_image_file(path) for path in settings.recent_files())
    names = [str(tmp_path / "settings.conf"), "a\0b", "x" * 5_000]
    kept.setValue("recent", [*names, 7])
    assert [str(path) for path in settings.recent_files()] == names
    for name in names:
        with pytest.raises(InputError):
            read_picture(Path(name))
