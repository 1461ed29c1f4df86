"""JSON from outside is what it must be, or says where it is not."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

import pytest

from pan.system import json_file
from pan.system.json_file import as_kind, parse_json, read_json, without_nan


@dataclass(frozen=True)
class Point:
    """Two numbers and a name."""

    x: float
    y: int
    name: str = ""


def test_a_value_of_the_type_is_read():
    assert parse_json('{"x": 1, "y": 2, "more": [1]}', Point) == Point(1.0, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"x": "1", "y": 2}', "x"), ('{"x": 1, "y": 2.5}', "y"), ('{"x": 1, "y": true}', "y"), ('{"x": 1}', "y"),
        ("[1]", "object"), ("null", "object"), ("", "Expecting value"),
        ('{"x": 1, "y": ' + "9" * 5_000 + "}", "digits"),
        ("[" * 100_000, "of nesting"), ("[" * 40 + "]" * 40, "of nesting"),
        ('{"x": 1, "y": 2, "name": "a\\u0000"}', "NUL"),
        ('{"x": 1' + "0" * 400 + ', "y": 2}', "x"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_and_its_place_named(text, said):
    with pytest.raises(ValueError, match=said):
        parse_json(text, Point)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(json_file, "MOST_BYTES", 2**20)
    (tmp_path / "large.json").write_text(json.dumps(["a" * 2**20]))
    with pytest.raises(ValueError, match="larger than 1 MB"):
        read_json(tmp_path / "large.json", list)


def test_nan_and_infinity_become_null():
    assert without_nan({"a": [float("nan"), 1.0], "b": (float("inf"),)}) == {"a": [None, 1.0], "b": [None]}


@dataclass(frozen=True)
class Finite:
    number: float | int

    def __post_init__(self) -> None:
        math.isfinite(self.number)


def test_a_number_that_no_float_holds_is_told_wherever_it_is_compared():
    with pytest.raises(ValueError, match="too large"):
        as_kind({"number": 10**400}, Finite)
