"""Colours and fonts."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette

from pan_explorer.theme import COLOUR_MAPS, Theme
from pan_explorer.values.colour_tables import colour_table


@pytest.fixture
def theme(qapp):
    palette, sheet, font = qapp.palette(), qapp.styleSheet(), qapp.font()
    theme = Theme(qapp)
    yield theme
    theme.choose("system")
    theme.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def test_the_window_is_dark_or_light_as_chosen(theme: Theme, qapp) -> None:
    theme.choose("dark")
    dark = qapp.palette().color(QPalette.ColorRole.Window).lightness()
    theme.choose("light")
    assert dark < 60 < 200 < qapp.palette().color(QPalette.ColorRole.Window).lightness()


def test_colours_of_data_do_not_follow_the_scheme(theme: Theme) -> None:
    theme.choose("dark")
    dark = [colour_table(name).copy() for name in COLOUR_MAPS]
    theme.choose("light")
    assert all((colour_table(name) == table).all() for name, table in zip(COLOUR_MAPS, dark, strict=True))
