"""Bars, strips, stops: what they show and what they tell."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy

from pan_explorer.widgets.answer_bars import AnswerBars
from pan_explorer.widgets.filmstrip import Filmstrip, Frame
from pan_explorer.widgets.segmented import Segmented
from pan_explorer.widgets.sparkline import Sparkline
from pan_explorer.widgets.step_slider import StepSlider

IMAGE = np.full((10, 10, 3), 200, np.uint8)


def test_segments_tell_what_a_person_chose_and_nothing_else(qtbot) -> None:
    segmented = Segmented([("a", "Apple"), ("b", "Berry")], name="fruit")
    qtbot.addWidget(segmented)
    told = []
    segmented.chosen.connect(told.append)
    segmented.choose("a")
    assert told == []
    segmented.button("b").click()
    assert told == ["b"]


def test_stops_are_reached_by_mouse_and_by_keys(qtbot) -> None:
    stops = StepSlider(("input", "att1", "att2"), name="layer")
    qtbot.addWidget(stops)
    qtbot.mouseClick(stops, Qt.MouseButton.LeftButton, pos=QPoint(stops.width() - 5, 10))
    assert stops.value() == 2
    qtbot.keyClick(stops, Qt.Key.Key_Left)
    assert stops.value() == 1


def test_stops_that_become_fewer_are_no_choice_of_the_user(qtbot) -> None:
    stops = StepSlider(("input", "att1", "att2"), name="layer")
    qtbot.addWidget(stops)
    stops.setValue(2)
    moved = QSignalSpy(stops.valueChanged)
    stops.set_words(("input", "att1"))
    assert (stops.value(), moved.count()) == (1, 0)


def test_a_click_on_a_frame_chooses_its_layer(qtbot) -> None:
    strip = Filmstrip(name="layers")
    qtbot.addWidget(strip)
    strip.show_frames([Frame("att1", IMAGE, None, "–"), Frame("att2", IMAGE, None, "–")], "att1", smooth=True)
    strip.resize(strip.sizeHint())
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(strip.width() - 10, 10))
    assert chosen.args == ["att2"]


def test_a_strip_is_gone_through_by_keys_and_says_where_it_is(qtbot) -> None:
    strip = Filmstrip(name="layers")
    qtbot.addWidget(strip)
    frames = [Frame(f"att{number}", IMAGE, None, "–", f"layer {number}") for number in (1, 2, 3)]
    asked = QSignalSpy(strip.chosen)
    for current, key in (("att2", Qt.Key.Key_Left), ("att2", Qt.Key.Key_Right), ("att2", Qt.Key.Key_End),
                         ("att1", Qt.Key.Key_Left)):  # fmt: skip
        strip.show_frames(frames, current, smooth=True)
        qtbot.keyClick(strip, key)
    assert [asked.at(place)[0] for place in range(asked.count())] == ["att1", "att3", "att3"]
    assert strip.accessibleDescription() == "layer 1"


def test_the_current_frame_stands_out_and_a_pale_one_has_nothing_to_show(qtbot) -> None:
    strip = Filmstrip(name="layers")
    qtbot.addWidget(strip)
    shown = np.zeros((1, 1, 4), np.uint8)
    pictures = []
    for overlay, current in ((shown, "att1"), (shown, ""), (None, "")):
        strip.show_frames([Frame("att1", IMAGE, overlay, "red")], current, smooth=True)
        strip.resize(strip.sizeHint())
        pictures.append(strip.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_bars_and_lines_say_in_words_what_they_show(qtbot) -> None:
    bars, line = AnswerBars(), Sparkline("by layer")
    qtbot.addWidget(bars)
    qtbot.addWidget(line)
    bars.show_values(("red", "blue"), (0.75, None), ("red",), "#E69F00")
    line.show_lines({"TPR": (0.1, None, 0.5), "PxAP": (0.25, None, 0.75), "none": (None,)}, "#E69F00")
    assert bars.accessibleDescription() == "red 75.0%"
    assert line.accessibleDescription() == "TPR by layer: 10.0% > 50.0%; PxAP by layer: 25.0% > 75.0%"


def test_a_line_is_drawn_in_its_colour_and_rises_with_its_values(qtbot) -> None:
    line = Sparkline("by layer")
    qtbot.addWidget(line)
    line.resize(100, 90)
    blank = line.grab().toImage()
    line.show_lines({"TPR": (0.0, 1.0)}, "#ff0000")
    drawn = line.grab().toImage()
    red = [(x, y) for x in range(100) for y in range(50) if drawn.pixelColor(x, y).name() == "#ff0000"]
    assert blank != drawn
    assert max(red)[1] < min(red)[1], "the last point is above the first"


def test_a_sure_answer_fills_its_track(qtbot) -> None:
    bars = AnswerBars()
    qtbot.addWidget(bars)
    bars.show_values(("red", "blue"), (1.0, 0.0), (), "#E69F00")
    bars.resize(300, 38)
    picture = bars.grab().toImage()
    assert picture.pixelColor(230, 10).name().upper() == "#E69F00"
    assert picture.pixelColor(230, 29).name().upper() != "#E69F00"
