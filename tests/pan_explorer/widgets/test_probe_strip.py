"""The strip of moments: the last one is large until a person scrubs back."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from pan_explorer.widgets.probe_strip import Frame, ProbeStrip


def frames(count: int) -> list[Frame]:
    return [Frame(str(number), np.full((10, 10, 3), 10 * number % 256, np.uint8)) for number in range(count)]


@pytest.fixture
def strip(qtbot) -> ProbeStrip:
    strip = ProbeStrip()
    qtbot.addWidget(strip)
    strip.resize(420, 110)
    strip.show()
    return strip


def grey(strip: ProbeStrip) -> int:
    """The shade of the large picture."""
    return strip.grab().toImage().pixelColor(40, 40).red()


def test_an_empty_strip_is_empty(strip) -> None:
    assert strip.chosen == -1


def test_the_newest_moment_is_large(strip) -> None:
    strip.set_frames(frames(3))
    assert grey(strip) == 20
    strip.set_frames(frames(4))
    assert grey(strip) == 30


def test_a_person_who_looks_back_stays_there(strip) -> None:
    strip.set_frames(frames(5))
    strip.choose(1)
    strip.set_frames(frames(6))
    assert strip.chosen == 1
    assert grey(strip) == 10


def test_the_strip_of_another_run_begins_at_its_end(strip) -> None:
    strip.set_frames(frames(9))
    strip.choose(6)
    strip.set_frames(frames(2))
    assert strip.chosen == 1


def test_no_more_thumbnails_than_fit_with_the_first_and_the_last(strip) -> None:
    strip.set_frames(frames(40))
    shown = strip._shown()
    assert shown[0] == 0
    assert shown[-1] == 39
    assert strip._thumbnail(len(shown) - 1).right() <= strip.width()


def test_dragging_along_the_strip_scrubs(strip, qtbot) -> None:
    strip.set_frames(frames(40))
    begin, end = strip._track()
    with qtbot.waitSignal(strip.chosen_changed):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(int((begin + end) / 2), 30))
    assert 18 <= strip.chosen <= 21


def test_keys_step_through_the_moments(strip, qtbot) -> None:
    strip.set_frames(frames(4))
    for key, chosen in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_End, 3)):
        qtbot.keyClick(strip, key)
        assert strip.chosen == chosen
