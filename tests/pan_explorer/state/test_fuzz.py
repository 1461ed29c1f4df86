"""Whatever sessions, steps of a walk and settings hold, the window gets a sentence or what it can use."""

from __future__ import annotations

import base64
import io
import json
import os
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QSettings

from pan.data.composer.composition_json import to_json
from pan.data.digits.writing import write_reference_set
from pan.data.sources import Sources, renderer
from pan_explorer import settings
from pan_explorer.answering.restoring import restore
from pan_explorer.state import browser_json
from pan_explorer.state.browser import BrowserState
from pan_explorer.state.session_file import FORMAT
from pan_explorer.state.step_file import is_walk, read_steps
from pan_explorer.values.display import Display
from pan_explorer.values.figure_order import FigureOrder
from tests.pan.outside.fuzzing import Reader, fuzz
from tests.pan.outside.set_readers import SCENE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="alarms and pipes of POSIX")

SESSION = {
    "format": FORMAT, "kind": "mref", "folder": {"path": "/nowhere", "beside": "set"}, "query": "3",
    "image": {"name": "x.png", "path": "/nowhere/x.png", "beside": "x.png"},
    "models": [{"name": "mref/san", "shown": True}], "layers": ["att1", "att2"], "layer": "att2",
    "display": {"quantity": "attention", "field": True}, "viewport": [0.5, 0.5, 1.0], "page": "explore",
    "view": "panes", "surgery": {"mref/san": {"att2": {"closed": [[1, 2]], "open": [], "strength": 1.0}}},
    "scene": to_json(SCENE), "browser": browser_json.to_json(BrowserState(), {}),
}  # fmt: skip


def _sessions(folder: Path) -> None:
    list(write_reference_set(folder / "set", renderer("mref", "test", Sources()).scenes((1,), 2)))
    picture = Image.fromarray(np.zeros((30, 40, 3), np.uint8))
    picture.save(folder / "x.png")
    written = io.BytesIO()
    picture.save(written, "PNG")
    inside = {"name": "pasted", "png": base64.b64encode(written.getvalue()).decode()}
    (folder / "s.panx").write_text(json.dumps(SESSION), encoding="utf-8")
    (folder / "pasted.panx").write_text(json.dumps({**SESSION, "image": inside}), encoding="utf-8")


def _restore(folder: Path) -> None:
    for name in ("s.panx", "pasted.panx"):
        restored = restore(folder / name, str)
        restored.fields()
        for sentence in restored.missing:
            assert sentence.isprintable()


def _bundle(folder: Path) -> None:
    _sessions(folder)
    named = {"folder": "set", "image": "x.png"}
    places = {name: {"path": place, "beside": place, "name": place} for name, place in named.items()}
    inside = {**SESSION, **places}
    with ZipFile(folder / "s.panz", "w") as archive:
        archive.writestr("session.panx", json.dumps(inside))
        for path in [folder / "x.png", *(path for path in (folder / "set").rglob("*") if path.is_file())]:
            archive.write(path, path.relative_to(folder).as_posix())


def _unpack(folder: Path) -> None:
    with patch("pan_explorer.state.session_bundle.sessions_folder", lambda: folder / "sessions"):
        restore(folder / "s.panz", str).fields()
    assert {path.name for path in folder.parent.iterdir()} <= {"sound", "folder", "streams"}


def _steps(folder: Path) -> None:
    _sessions(folder)
    (folder / "01.md").write_text("---\ntask: mref\nquery: 7\nnetworks: mref/san\n---\n# One\n\nText.\n\n> Do.\n")
    (folder / "02.md").write_text("---\nsession: s.panx\nimage: x.png\nlayer: att2\n---\n# Two\n\nText.\n")


def _walk(folder: Path) -> None:
    if is_walk(folder):
        for step in read_steps(folder):
            restore(step.path, str)


def _kept(folder: Path) -> QSettings:
    return QSettings(str(folder / "s.conf"), QSettings.Format.IniFormat)


def _keep(folder: Path) -> None:
    kept = _kept(folder)
    with patch("pan_explorer.settings._settings", lambda: kept):
        settings.keep_geometry(QByteArray(b"\x01\xd9\xd0\xcb\x00\x03" + bytes(60)))
        settings.keep_theme("dark")
        settings.keep_kind("mbg")
        settings.keep_display(Display())
        settings.keep_taught()
        settings.keep_recent_file(Path("/a/b.png"))
        settings.keep_recent_file(Path("/a/c.png"))
        settings.keep_notifies(False)
        settings.keep_figure_order(FigureOrder())
    kept.sync()


def _read_settings(folder: Path) -> None:
    kept = _kept(folder)
    with patch("pan_explorer.settings._settings", lambda: kept):
        settings.geometry(), settings.theme(), settings.kind(("mref", "mbg")), settings.display()
        settings.is_taught(), settings.recent_files(), settings.notifies(), settings.figure_order()
        settings.keep_recent_file(Path("/a/d.png"))


READERS = (
    Reader("a session, and all it names", _sessions, ("*.panx", "*.panx", "x.png", "set/index.csv"), _restore),
    Reader("a session with its files", _bundle, ("s.panz",), _unpack),
    Reader("a walk", _steps, ("*.md", "*.md", "s.panx"), _walk),
    Reader("settings", _keep, ("s.conf",), _read_settings, places=("gone", "folder", "nowhere")),
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("inputs", [12, pytest.param(1_000, marks=pytest.mark.slow)])
def test_a_damaged_file_is_read_or_refused_in_a_sentence(reader: Reader, inputs: int, tmp_path: Path) -> None:
    print(f"\n{reader.name}: {fuzz(reader, inputs, inputs % 7, tmp_path)}")  # noqa: T201 - docs/reliability.md
