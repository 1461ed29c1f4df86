"""Sessions and settings that once broke the window; `tests/cases` holds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from pan.data.opening import is_image_file
from pan.system.errors import InputError
from pan_explorer import settings
from pan_explorer.pictures.reading import read_picture
from pan_explorer.state.session_file import read_session

DAMAGED = Path(__file__).parents[2] / "cases" / "damaged"
HUGE = DAMAGED / "DecompressionBombError_app_session_file.py_145"
"""A session whose image alone cannot be used."""


@pytest.mark.parametrize("case", sorted({path.parent.parent for path in DAMAGED.glob("*/input/s.panx")} - {HUGE}),
                         ids=lambda case: case.name)  # fmt: skip
def test_a_damaged_session_is_refused(case: Path) -> None:
    with pytest.raises(InputError):
        read_session(case / "input" / "s.panx")


def test_an_image_that_is_too_large_costs_a_session_the_image_alone() -> None:
    assert read_session(HUGE / "input" / "s.panx").embedded is None


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
