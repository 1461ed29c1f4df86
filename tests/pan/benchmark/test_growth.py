"""How cost grows with a set: what is measured is kept, and drawn."""

from __future__ import annotations

import numpy as np
import pytest

from pan.benchmark.growth import __main__ as growth
from pan.benchmark.growth.measuring import Cost
from pan.benchmark.growth.separate import measure_separately
from pan.benchmark.growth.sets import write_crowded, write_photographs
from pan.data.labelled.index import read_labelled_index
from pan.data.reference.index import read_index


def test_what_is_in_the_file_is_not_measured_again(tmp_path, monkeypatch):
    measured = []

    def measure(kind, questions, sets):
        measured.append(questions)
        yield Cost(kind, questions, "checked", 1.0, 100.0)
        yield Cost(kind, questions, "san", 2.0, 800.0)
    monkeypatch.setattr(growth, "measure_growth", measure)
    told = ["--kinds", "scenes", "--json", str(tmp_path / "a.json"), "--figure", str(tmp_path / "a.png")]
    assert growth.main([*told, "--questions", "10"]) == 0
    assert growth.main([*told, "--questions", "10", "100"]) == 0
    assert measured == [10, 100]
    assert (tmp_path / "a.png").stat().st_size > 1000


@pytest.mark.slow
def test_the_memory_of_the_measuring_program_is_not_that_of_a_command():
    own = np.ones(300_000_000, np.uint8)
    costs = measure_separately("scenes", 14)
    assert [cost.step for cost in costs] == ["checked", "decoded", "san", "opened", "pan-ctx"]
    assert costs[0].memory < own.nbytes / 1e6


@pytest.mark.parametrize(("write", "read"), [(write_crowded, read_index), (write_photographs, read_labelled_index)])
def test_a_set_has_as_many_questions_as_it_is_to_have(write, read, tmp_path):
    list(write(tmp_path / "set", 25))
    assert len(read(tmp_path / "set")) == 25
