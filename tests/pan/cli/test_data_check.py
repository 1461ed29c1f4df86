"""`pan data check`."""

from __future__ import annotations

import json


def test_a_set_is_told_in_lines_with_the_commands_that_go_on(pan, reference_set):
    result = pan("data", "check", reference_set)
    assert (result.code, result.err) == (0, "")
    first, *lines = result.out.splitlines()
    assert first.startswith(f"{reference_set}: ")
    assert first.endswith("questions with one answer about 3 images")
    for beginning in ("queries", "answers", "parts     none", "masks", "guesses"):
        assert any(line.startswith(beginning) for line in lines)
    assert lines[-2].startswith(f"train     pan train pan-ctx --data {reference_set}")
    assert lines[-1] == f"evaluate  pan evaluate RUN --data {reference_set}"


def test_json_has_everything(pan, labelled_set):
    found = json.loads(pan("data", "check", labelled_set, "--json", "-").out)
    assert found["several"]
    assert found["parts"] == {"train": 12, "val": 3, "test": 10}
    assert sum(found["queries"].values()) == found["questions"] == 25
    assert 0 < found["image_blind"] <= 1


def test_what_is_no_set_is_one_sentence(refused, tmp_path):
    assert "index.csv" in refused("data", "check", tmp_path)
