"""Colours and fonts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette, QStyleHints
from PySide6.QtWidgets import QWidget

from pan_explorer.panels.chrome.help_window import HelpWindow
from pan_explorer.panels.networks.list import ModelsList
from pan_explorer.theme import COLOUR_MAPS, DARK, LIGHT, Chrome, Theme
from pan_explorer.values.colour_tables import colour_table
from pan_explorer.widgets.answer_bars import AnswerBars
from pan_explorer.widgets.chooser import Chooser


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


def test_faint_words_of_a_list_have_the_colour_of_the_scheme(theme: Theme, qtbot) -> None:
    theme.choose("dark")
    chooser = Chooser(name="query")
    qtbot.addWidget(chooser)
    chooser.addItems(["cat", "dog"])
    chooser.ensurePolished()
    chooser.mark("dog", strong=False, faint=True, hint="Ask about the dog")
    theme.choose("light")
    assert chooser.itemData(1, Qt.ItemDataRole.ForegroundRole).color().name() == LIGHT.quiet
    assert chooser.itemData(0, Qt.ItemDataRole.ForegroundRole) is None


def test_headings_of_the_networks_have_the_colour_of_the_scheme(theme: Theme, qtbot) -> None:
    theme.choose("dark")
    networks = ModelsList()
    qtbot.addWidget(networks)
    networks.show_entries(())
    theme.choose("light")
    assert {networks.topLevelItem(number).foreground(0).color().name() for number in range(3)} == {LIGHT.quiet}


def link_colours(window: HelpWindow) -> set[str]:
    block, colours = window.browser.document().begin(), set()
    while block.isValid():
        formats = (each.format for each in block.textFormats())
        colours |= {each.foreground().color().name() for each in formats if each.isAnchor()}
        block = block.next()
    return colours


def test_links_of_the_help_have_the_colour_of_the_scheme_and_the_page_stays_where_it_is(theme: Theme, qtbot) -> None:
    theme.choose("dark")
    owner = QWidget()
    qtbot.addWidget(owner)
    window = HelpWindow(owner, "window", "see")
    window.show()
    place = window.browser.verticalScrollBar().value()
    assert place > 0
    theme.choose("light")
    assert link_colours(window) == {LIGHT.accent}
    assert window.browser.verticalScrollBar().value() == place
    window.close()
