"""Names that others gave, with signs that mean something to Qt."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QToolTip

from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.chip import Chip
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.filmstrip import Filmstrip, Frame
from pan_explorer.widgets.foreign_words import as_title
from pan_explorer.widgets.labels import heading, quiet
from pan_explorer.widgets.long_list import LongList
from pan_explorer.widgets.segmented import Segmented
from pan_explorer.widgets.short_chooser import ShortChooser
from pan_explorer.widgets.word_line import WordLine
from tests.pan_explorer.reading import label_words, tip_words

NAMES = ("R&D", "this & that", "&amp;")
MARKUP = "<b>old</b> & new"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_on_a_button_is_read_as_it_is_and_is_no_shortcut(name: str, qtbot) -> None:
    segmented = Segmented([("word", name)], name="query")
    made: tuple[QPushButton, ...] = (Chip(name, "#E69F00", name="network"), segmented.button("word"))
    for each in made:
        qtbot.addWidget(each)
        assert label_words(each.text()) == name
        assert each.shortcut().isEmpty()


def test_a_chip_paints_the_signs_of_its_name(qtbot) -> None:
    pictures = []
    for name in ("R&D", "RD", "R&&D"):
        chip = Chip(name, "#E69F00", name="network")
        qtbot.addWidget(chip)
        chip.resize(120, 30)
        pictures.append(chip.grab().toImage())
    assert pictures[0] != pictures[1]
    assert pictures[0] != pictures[2]


class Rows:
    """A list of one row."""

    height = 10

    def __len__(self) -> int:
        return 1

    def hint(self, number: int) -> str:
        return MARKUP

    def paint(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(autouse=True)
def no_tip_is_left(qapp: QApplication) -> Iterator[None]:
    yield
    QToolTip.hideText()


def test_what_looks_like_markup_is_read_in_every_tool_tip(qtbot) -> None:
    segmented, line = Segmented([("word", MARKUP)], name="query"), WordLine([MARKUP], name="query", hint="Type")
    short, chooser = ShortChooser(name="task", hint="Asked"), Chooser(name="query")
    rows, plain = LongList(name="images", hint="", gap=0), button("Ask", f"Ask {MARKUP}")
    for widget in (segmented, line, short, chooser, rows, plain):
        qtbot.addWidget(widget)
    line.put_first([MARKUP])
    short.add(MARKUP, "old", "set")
    chooser.addItem(MARKUP)
    chooser.mark(MARKUP, strong=True, faint=False, hint=f"Ask about the {MARKUP}")
    rows.show_rows(Rows())
    role = Qt.ItemDataRole.ToolTipRole
    tips = [segmented.button("word").toolTip(), line.toolTip(), short.toolTip(), chooser.itemData(0, role),
            rows.model().index(0, 0).data(role), plain.toolTip()]  # fmt: skip
    assert [tip for tip in tips if MARKUP not in tip_words(tip)] == []
    assert rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == MARKUP


def test_what_looks_like_markup_is_read_over_a_frame(qtbot) -> None:
    strip = Filmstrip(name="layers")
    qtbot.addWidget(strip)
    strip.show_frames([Frame("att1", np.zeros((8, 8, 3), np.uint8), None, "–", MARKUP)], "att1", smooth=True)
    strip.resize(strip.sizeHint())
    strip.show()
    place = QPoint(10, 10)
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, place, strip.mapToGlobal(place)))
    assert tip_words(QToolTip.text()) == MARKUP


@pytest.mark.parametrize("label", [heading, quiet])
def test_what_looks_like_markup_has_room_in_a_label(label, qtbot) -> None:
    made: QLabel = label(MARKUP)
    qtbot.addWidget(made)
    assert made.sizeHint().width() >= made.fontMetrics().horizontalAdvance(MARKUP)


@pytest.mark.parametrize("name", ["digits [*]", "[*][*]", "a[*]b [*", "plain"])
def test_a_title_has_every_sign_of_a_name(name: str, qtbot) -> None:
    window = QDialog()
    qtbot.addWidget(window)
    window.setWindowTitle(as_title(name))
    window.show()
    assert window.windowHandle().title() == name
