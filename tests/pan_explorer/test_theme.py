"""Colours and fonts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette, QStyleHints

from pan_explorer.theme import COLOUR_MAPS, DARK, LIGHT, Chrome, Theme
from pan_explorer.values.colour_tables import colour_table
from pan_explorer.widgets.answer_bars import AnswerBars


@pytest.fixture
def theme(own_theme: Theme) -> Iterator[Theme]:
    yield own_theme
    own_theme.choose("system")


def test_the_window_is_dark_or_light_as_chosen(theme: Theme, qapp) -> None:
    theme.choose("dark")
    dark = qapp.palette().color(QPalette.ColorRole.Window).lightness()
    theme.choose("light")
    assert dark < 60 < 200 < qapp.palette().color(QPalette.ColorRole.Window).lightness()


@pytest.mark.parametrize("chrome", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_every_ground_as_wcag_wants(chrome: Chrome) -> None:
    for ground in (chrome.ground, chrome.panel, chrome.raised, chrome.hover, chrome.warning):
        for words in (chrome.text, chrome.quiet):
            assert contrast(words, ground) >= 4.5
    assert contrast(chrome.on_accent, chrome.accent) >= 4.5


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted(map(luminance, (first, second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = [each / 255 for each in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_desktop_is_told_the_choice_for_what_it_draws_itself(theme: Theme, monkeypatch) -> None:
    """Title bars and file dialogs."""
    told: list[Qt.ColorScheme] = []
    monkeypatch.setattr(QStyleHints, "setColorScheme", lambda _, scheme: told.append(scheme))
    for mode in ("dark", "light", "system"):
        theme.choose(mode)
    assert told == [Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown]


def test_numbers_keep_their_width_as_they_change(theme: Theme, qapp) -> None:
    assert qapp.font().featureValue(QFont.Tag("tnum")) == 1


def test_colours_of_data_do_not_follow_the_scheme(theme: Theme) -> None:
    tables = []
    for mode in ("dark", "light"):
        theme.choose(mode)
        colour_table.cache_clear()  # else the second is the first
        tables.append([colour_table(name) for name in COLOUR_MAPS])
    for dark, light in zip(*tables, strict=True):
        assert dark is not light
        assert (dark == light).all()


def test_painted_widgets_have_the_colours_of_the_scheme(theme: Theme, qtbot) -> None:
    bars = AnswerBars()
    qtbot.addWidget(bars)
    bars.resize(200, 40)
    bars.show_values(("red",), (0.5,), (), "#E69F00")
    theme.choose("dark")
    dark = bars.grab().toImage()
    theme.choose("light")
    assert bars.grab().toImage() != dark
    assert dark.pixelColor(1, 30).lightness() < 60
