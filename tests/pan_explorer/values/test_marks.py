"""Lines over the images: where the queried object is, and what a cell sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.marks import Mark, inside, outline, rectangle
from pan_explorer.values.view import Pointer
from pan_explorer.widgets.image_view import ImageView

PAN = "mref/pan-ctx"


def rendered_at(session: Session, layer: str, **display: bool) -> Rendering:
    session.layers.go_to(layer)
    found = Rendering.at(session.state)
    return replace(found, display=replace(found.display, **display))


def test_an_outline_runs_between_the_mask_and_the_rest() -> None:
    mask = np.zeros((4, 4), bool)
    mask[0, 1:3] = True
    lines = {tuple(map(tuple, (line * 4).tolist())) for line in outline(mask)}
    assert lines == {((1, 0), (2, 0)), ((2, 0), (3, 0)), ((1, 1), (2, 1)), ((2, 1), (3, 1)),
                     ((1, 0), (1, 1)), ((3, 0), (3, 1))}


def test_a_mask_is_outlined_at_the_border_and_about_its_holes() -> None:
    mask = np.ones((6, 6), bool)
    assert len(outline(mask)) == 24
    mask[2:4, 2:4] = False
    assert len(outline(mask)) == 24 + 8
    assert len(outline(np.zeros((4, 4), bool))) == 0


@pytest.mark.parametrize("step", [1, -1])
def test_a_polygon_holds_its_pixels_whichever_way_its_corners_run(step: int) -> None:
    corners = np.array([[0.25, 0.25], [0.75, 0.25], [0.75, 1.0], [0.25, 1.0]])[::step]
    assert np.argwhere(inside(corners, 4)).tolist() == [[row, column] for row in (1, 2, 3) for column in (1, 2)]


def test_the_boxes_grow_from_layer_to_layer(begun: Session) -> None:
    sides = []
    for layer in begun.state.layers[1:]:
        field = rendered_at(begun, layer).marks(PAN, Pointer(50, 50))[0]
        assert not field.dashed
        sides.append(np.ptp(field.segments[..., 0]) * 100)
    assert np.allclose(sides, [4, 10, 22, 46])


def test_the_context_of_a_gate_is_dashed_about_its_field(begun: Session) -> None:
    field, context = rendered_at(begun, "att2").marks(PAN, Pointer(50, 50))
    assert context.dashed
    assert context.segments.min() < field.segments.min()
    assert context.segments.max() > field.segments.max()
    assert len(rendered_at(begun, "att4").marks(PAN, Pointer(50, 50))) == 1, "the last attention has no context"


def test_nothing_is_marked_without_a_pointer_or_attention_or_when_it_is_not_wanted(begun: Session) -> None:
    assert rendered_at(begun, "att2").marks(PAN, None) == ()
    assert rendered_at(begun, "att2").marks("mref/san", Pointer(50, 50)) == ()
    assert rendered_at(begun, "att2", field=False).marks(PAN, Pointer(50, 50)) == ()


def test_the_queried_object_is_outlined_where_it_is_known(begun: Session) -> None:
    truth = begun.state.picture.truths[begun.state.query]
    (mark,) = rendered_at(begun, "input", outline=True).marks(PAN, None)
    assert np.array_equal(mark.segments, outline(truth.mask))


def test_a_mark_is_drawn_where_it_lies(qtbot) -> None:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show_image(np.zeros((100, 100, 3), np.uint8))
    view.show_marks([Mark(rectangle(0.25, 0.25, 0.75, 0.75))])
    image = view.grab().toImage()
    assert image.pixelColor(50, 100).red() > 120
    assert image.pixelColor(100, 100).red() == 0
    view.show_image(np.full((100, 100, 3), 255, np.uint8))
    drawn = view.grab().toImage()
    assert min(drawn.pixelColor(x, 100).red() for x in range(45, 55)) < 200, "on white the line has a dark edge"
    view.show_marks([])
    assert view.grab().toImage().pixelColor(49, 100).red() == 255
