"""Choices that make do with little room."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.folding_choice import FoldingChoice
from pan_explorer.widgets.short_chooser import ShortChooser

WORDS = (("a", "Apples of all kinds", "red"), ("b", "Berries of all kinds", "blue"))


def test_a_row_of_buttons_folds_into_a_list_where_it_has_no_room(qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    choice = FoldingChoice(WORDS, name="fruit")
    row = QHBoxLayout(place)
    row.addWidget(choice)
    folded = choice.findChild(Chooser)
    place.resize(600, 40)
    place.show()
    assert choice.button("a").isVisible()
    assert not folded.isVisible()
    place.resize(place.minimumSizeHint())
    assert not choice.button("a").isVisible()
    assert folded.isVisible()


def test_the_list_tells_what_was_chosen_as_the_buttons_do(qtbot) -> None:
    choice = FoldingChoice(WORDS, name="fruit")
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.chosen.connect(told.append)
    choice.choose("b")
    folded = choice.findChild(Chooser)
    assert (told, folded.currentText()) == ([], "Berries of all kinds")
    folded.activated.emit(0)
    choice.button("b").click()
    assert told == ["a", "b"]


def test_a_short_word_stands_for_a_title_that_its_hint_tells(qtbot) -> None:
    chooser = ShortChooser(name="task", hint="What is asked")
    qtbot.addWidget(chooser)
    chooser.add("A task with a very long title", "Task", "t")
    assert chooser.toolTip() == "A task with a very long title. What is asked"
    assert chooser.minimumSizeHint().width() < chooser.fontMetrics().horizontalAdvance("A task with a very long title")
    chooser.grab()
