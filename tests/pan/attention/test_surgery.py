"""Surgery as a value: what it holds, how it is told, and how it is written down."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pan.attention.surgery import LayerEdit, Surgery, cells_where
from pan.system.errors import InputError


def test_painting_a_cell_takes_it_from_the_other_kind() -> None:
    edit = LayerEdit().painted({(0, 0), (0, 1)}, "closed").painted({(0, 1), (2, 2)}, "open")
    assert edit == LayerEdit(closed=frozenset({(0, 0)}), open=frozenset({(0, 1), (2, 2)}))
    assert edit.painted({(0, 0), (0, 1), (2, 2)}, None) == LayerEdit()


def test_layers_that_are_left_as_they_are_drop_out() -> None:
    surgery = Surgery({"att3": LayerEdit(), "att2": LayerEdit(strength=0.5)})
    assert surgery == Surgery({"att2": LayerEdit(strength=0.5)})
    assert not surgery.with_edit("att2", LayerEdit())


@pytest.mark.parametrize(
    ("edit", "words"),
    [(LayerEdit(closed=frozenset({(0, 0)})), "1 cell closed"),
     (LayerEdit(closed=cells_where(np.eye(14, dtype=bool))), "14 cells closed"),
     (LayerEdit(frozenset({(0, 0), (1, 0)}), frozenset({(3, 3)}), 0.5), "2 cells closed, 1 open, strength 0.5"),
     (LayerEdit(open=frozenset({(3, 3)})), "1 cell open"),
     (LayerEdit(strength=2.0), "strength 2")],
)  # fmt: skip
def test_an_edit_is_told_in_words(edit: LayerEdit, words: str) -> None:
    assert edit.in_words() == words


def test_a_surgery_is_told_layer_by_layer() -> None:
    surgery = Surgery({"att4": LayerEdit(strength=0.0), "att2": LayerEdit(open=frozenset({(1, 2)}))})
    assert surgery.in_words() == "att2: 1 cell open; att4: strength 0"


def test_surgery_is_read_back_from_json() -> None:
    surgery = Surgery({"att2": LayerEdit(frozenset({(4, 1), (0, 3)}), frozenset({(1, 1)}), 1.5),
                       "att4": LayerEdit(strength=0.25)})  # fmt: skip
    assert Surgery.from_json(json.loads(json.dumps(surgery.to_json()))) == surgery


@pytest.mark.parametrize(
    "values",
    [None, [1, 2], {"att2": 3}, {"att2": {"closed": [[1]], "open": [], "strength": 1}},
     {"att2": {"closed": 5}}, {"att2": {"closed": [], "open": [], "strength": "a"}},
     {"att2": {"closed": [["x", 1]], "open": [], "strength": 1}}],
)  # fmt: skip
def test_invalid_surgery_is_refused_in_a_sentence(values: object) -> None:
    with pytest.raises(InputError, match="attention surgery cannot be read"):
        Surgery.from_json(values)


def test_a_cell_is_not_closed_and_open() -> None:
    with pytest.raises(InputError, match=r"cell \(1, 2\) cannot be closed and open"):
        LayerEdit(frozenset({(1, 2)}), frozenset({(1, 2)}))


@pytest.mark.parametrize("strength", [-0.1, 4.1, float("nan"), float("inf")])
def test_a_strength_out_of_range_is_refused(strength: float) -> None:
    with pytest.raises(InputError, match="from 0 to 4"):
        LayerEdit(strength=strength)
