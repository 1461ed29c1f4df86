"""`pan benchmark` shows what it measured and what other packages add to it."""

from __future__ import annotations

import json

import pytest

from pan.benchmark.bounds import Bound
from pan.benchmark.comparisons import Comparison
from pan.benchmark.extensions import Extension, Latency, Requirement
from pan.benchmark.growth.measuring import Cost

ADDED = Extension("the door", {"door": {"median": 7.0}}, (Latency("door opened", 7.0, 9.0),),
                  (Requirement("door opened", "7 ms", "< 5 ms", holds=False),), "the door is green")


@pytest.fixture(autouse=True)
def measured(monkeypatch):
    """Nothing is measured; the numbers are there at once."""
    compared, explained = Comparison("scenes a second", 20.0, 10.0, 2.0), Latency("3 networks explained", 5.0, 6.0)
    for name, result in {
        "compare_scenes": compared, "compare_training": compared, "time_explanations": explained,
        "matrix_product_peak": 1.0, "find_bound": Bound("san", 1.0, 1.0, 2.0, {"aten::mm": 1.0}), "peak_memory": 100.0,
    }.items():
        monkeypatch.setattr(f"pan.cli.benchmark.{name}", lambda *_, result=result: result)
    monkeypatch.setattr("pan.cli.benchmark.measure_separately", lambda kind, questions: [
        Cost(kind, questions, "checked", 2 + questions / 1_000, 50.0)])
    monkeypatch.setattr("pan.cli.benchmark.installed_measures", lambda: [lambda effort, note: ADDED])


def test_what_another_package_measures_stands_in_the_tables(pan):
    out = pan("benchmark", "--quick").out
    rows = [line.split() for line in out.splitlines()]
    assert ["door", "opened", "7.0", "9.0"] in rows
    assert ["door", "opened", "7", "ms", "<", "5", "ms", "missed"] in rows
    assert "the door is green" in out


def test_a_large_set_is_compared_with_a_small_one(pan):
    out = pan("benchmark", "--quick").out
    rows = [line.split() for line in out.splitlines()]
    assert ["scenes,", "pan", "data", "check", "3.0", "6.0", "2.0", "×", "1.0", "50"] in rows


def test_measures_of_another_package_have_their_own_keys_in_the_json(pan):
    assert list(json.loads(pan("benchmark", "--quick", "--json", "-").out)) == [
        "compared", "bounds", "explained", "growth", "door", "peak_memory_mb",
    ]  # fmt: skip
