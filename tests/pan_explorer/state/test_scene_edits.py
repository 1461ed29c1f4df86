"""Edits of a composed scene."""

from __future__ import annotations

import pytest

from pan.data.composer.composition import BLACK, Composition
from pan.data.composer.digit import PlacedDigit
from pan_explorer.state import scene_edits
from pan_explorer.state.composer import Step


def scene(*places: tuple[int, float, float]) -> Composition:
    composition = Composition(BLACK)
    for digit, x, y in places:
        composition = composition.with_object(PlacedDigit(digit, 0, "red", x=x, y=y))
    return composition


@pytest.mark.parametrize(("x", "y", "beside"), [
    (30.0, 30.0, (38, 38)), (80.0, 30.0, (72, 38)), (70.0, 80.0, (62, 72)),
])  # fmt: skip
def test_a_duplicate_lies_beside_its_original_wherever_that_is(x: float, y: float, beside: tuple[float, float]) -> None:
    step = scene_edits.duplicated(Step(scene((3, x, y)), 0))
    assert [(each.x, each.y) for each in step.composition.placed] == [(x, y), beside]
    assert step.selected == 1


def test_of_several_objects_the_uppermost_is_asked_about() -> None:
    composition = scene((3, 20.0, 20.0), (3, 60.0, 60.0), (5, 20.0, 60.0))
    assert [scene_edits.place_of(query, composition) for query in ("3", "5", "7")] == [1, 2, None]
