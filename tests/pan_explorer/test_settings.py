"""What the window remembers, and what it makes of values that it cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from pan_explorer import NAME, settings
from pan_explorer.values.display import Display
from pan_explorer.values.figure_order import FigureOrder


def test_a_file_that_is_opened_again_comes_first_and_once() -> None:
    for name in ("a", "b", "a"):
        settings.keep_recent_file(Path(name))
    assert settings.recent_files() == (Path("a"), Path("b"))


def test_a_few_recent_files_are_kept() -> None:
    for number in range(20):
        settings.keep_recent_file(Path(str(number)))
    assert settings.recent_files() == tuple(Path(str(number)) for number in range(19, 11, -1))


@pytest.mark.parametrize("value", [-0.5, 7.0])
def test_a_share_out_of_range_is_taken_for_the_usual_one(value: float) -> None:
    settings.keep_display(Display(heat_opacity=0.25))
    QSettings(NAME, NAME).setValue("display/faded_opacity", value)
    assert settings.display() == Display(heat_opacity=0.25)


def test_a_task_that_there_is_no_more_is_taken_for_the_first() -> None:
    settings.keep_kind("mdist")
    assert settings.kind(("mref", "mdist")) == "mdist"
    assert settings.kind(("mref", "mbg")) == "mref"


@pytest.mark.parametrize("dpi", [5, 20_000])
def test_a_resolution_out_of_range_is_taken_for_the_usual_one(dpi: int) -> None:
    settings.keep_figure_order(FigureOrder("last", dpi, 5.0))
    assert settings.figure_order() == FigureOrder("last", FigureOrder().dpi, 5.0)
