"""Icons of one colour, which is that of the text beside them."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from pan.system.resources import resources_folder
from pan_explorer.theme import Theme
from pan_explorer.widgets.answer_bars import AnswerBars
from pan_explorer.widgets.icons import icon
from pan_explorer.widgets.verdict import Verdict

ICONS = sorted(path.stem for path in (resources_folder() / "icons").iterdir())
SIZE = QSize(16, 16)
Role = QPalette.ColorRole


@pytest.fixture
def themed(own_theme: Theme) -> Iterator[Theme]:
    yield own_theme
    own_theme.choose("system")


def strongest(image: QImage) -> QColor:
    """The colour of the pixel that is covered most."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


def drawn(name: str, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> str:
    return strongest(icon(name).pixmap(SIZE, mode, state).toImage()).name()


def test_an_icon_that_qt_copies_and_changes_outlives_the_first(themed: Theme) -> None:
    for number in range(200):
        first = icon(ICONS[number % len(ICONS)])
        copied = QIcon(first)
        copied.setIsMask(True)  # a change: Qt clones the engine
        del first
        gc.collect(0)
        assert not copied.pixmap(SIZE).isNull()


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_inside_its_square(name: str, qapp: QApplication) -> None:
    image = icon(name).pixmap(QSize(32, 32)).toImage()
    covered = np.array([[image.pixelColor(x, y).alpha() for x in range(32)] for y in range(32)])
    assert covered.max() == 255
    assert covered[[0, -1]].max() == covered[:, [0, -1]].max() == 0


def test_an_icon_has_the_colour_of_the_text_in_light_and_dark(themed: Theme, qapp: QApplication) -> None:
    colours = set()
    for mode in ("light", "dark"):
        themed.choose(mode)
        colours.add(drawn("close"))
        assert drawn("close") == qapp.palette().color(Role.ButtonText).name()
    assert len(colours) == 2


def test_an_icon_stands_out_on_a_checked_button_and_is_faint_on_a_disabled_one(themed: Theme, qapp) -> None:
    palette = qapp.palette()
    assert drawn("play", state=QIcon.State.On) == palette.color(Role.HighlightedText).name()
    assert drawn("play", QIcon.Mode.Disabled) == palette.color(Role.PlaceholderText).name()


def test_an_icon_is_as_sharp_as_the_screen(qapp: QApplication) -> None:
    assert icon("menu").pixmap(SIZE, 2.0).size() == 2 * SIZE


@pytest.mark.parametrize(("right", "word"), [(True, "right"), (False, "wrong"), (None, "")])
def test_a_verdict_is_told_in_words_too(qtbot, right: bool | None, word: str) -> None:
    verdict = Verdict()
    qtbot.addWidget(verdict)
    verdict.show_right(right)
    assert (verdict.toolTip(), verdict.accessibleName()) == (word, word)
    image = verdict.grab().toImage()
    assert (len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 1) == bool(word)


def test_the_right_answer_is_marked_behind_its_word(qtbot) -> None:
    bars = AnswerBars()
    qtbot.addWidget(bars)
    bars.resize(300, 60)

    def words(right: tuple[str, ...]) -> QImage:
        bars.show_values(["red", "blue"], [0.2, 0.8], right, "#0000ff")
        return bars.grab().toImage().copy(0, 0, 58, 20)

    assert words(("red",)) != words(("blue",))
