"""What hovering over a label shows whose text may be longer than its room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from pan_explorer.widgets.labels import ElidedLabel
from tests.pan_explorer.reading import tip_words

LONG = "a name that is too long for its room"
FOREIGN = "<b>bold</b> & <i>slanted</i> by somebody else.png"
"""Text that would be read as HTML."""


@pytest.fixture(autouse=True)
def no_tip_is_left(qapp: QApplication) -> Iterator[None]:
    yield
    QToolTip.hideText()


def hover(label: ElidedLabel) -> None:
    place = QPoint(2, 2)
    QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, place, label.mapToGlobal(place)))


def read() -> str:
    """What a person reads in the tool tip."""
    return tip_words(QToolTip.text())


@pytest.fixture
def label(qtbot) -> ElidedLabel:
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    return label


def test_a_text_that_is_cut_is_read_by_hovering(label: ElidedLabel) -> None:
    hover(label)
    assert read() == LONG


def test_a_text_that_fits_needs_no_tool_tip(label: ElidedLabel) -> None:
    label.resize(label.sizeHint())
    hover(label)
    assert not QToolTip.isVisible()


def test_a_tool_tip_of_its_own_is_shown_instead(label: ElidedLabel) -> None:
    label.setToolTip("the folder of the set")
    hover(label)
    assert read() == "the folder of the set"


@pytest.mark.parametrize("own", [False, True])
def test_a_name_of_somebody_else_is_no_markup(label: ElidedLabel, *, own: bool) -> None:
    label.setText(FOREIGN)
    label.setToolTip(FOREIGN if own else "")
    hover(label)
    assert read() == FOREIGN


def test_text_that_looks_like_html_has_room_for_all_its_letters(qtbot) -> None:
    label = ElidedLabel(FOREIGN)
    qtbot.addWidget(label)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(FOREIGN)
