"""How long a recipe takes here: measured by its first steps, remembered, and multiplied out."""

from __future__ import annotations

import pytest

from pan.benchmark.estimate import Speed, keep_speeds, read_speeds, speed_key
from pan.benchmark.trial import STEPS, WARM_UP, measure_speed
from pan.recipes.by_name import find_recipe
from pan.system.errors import InputError

RECIPE = find_recipe("mref/san", "quick")


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr("pan.benchmark.estimate._file", lambda: tmp_path / "deep" / "speeds.json")
    return tmp_path / "deep" / "speeds.json"


def test_a_run_is_drawing_training_and_validating():
    recipe = RECIPE.with_fields(scenes=900, validation_scenes=100, questions=2_240, epoch_questions=1_120)
    speed = Speed(image=0.01, question=0.1, validated=0.5)
    assert speed.seconds(recipe) == pytest.approx(1_000 * 0.01 + 2_240 * 0.1 + 2 * 100 * 0.5)
    assert speed.seconds(recipe, drawn=False) == pytest.approx(2_240 * 0.1 + 2 * 100 * 0.5)


def test_the_length_of_a_run_does_not_change_the_key_of_its_speed():
    longer = RECIPE.with_fields(questions=10**6, scenes=7, seed=3, preset="standard", patience=4, start="mref/san")
    assert speed_key(longer, "a device") == speed_key(RECIPE, "a device")


@pytest.mark.parametrize("change", [{"channels": 8}, {"model": "han"}, {"images_per_batch": 2}, {"kind": "mbg"}])
def test_a_change_of_the_network_changes_the_key_of_its_speed(change):
    assert speed_key(RECIPE.with_fields(**change), "a device") != speed_key(RECIPE, "a device")
    assert speed_key(RECIPE, "another device") != speed_key(RECIPE, "a device")


def test_speeds_are_remembered_beside_those_known_before(kept):
    assert read_speeds() == {}
    keep_speeds({"one": Speed(1, 2, 3)})
    keep_speeds({"two": Speed(4, 5, 6)})
    assert read_speeds() == {"one": Speed(1, 2, 3), "two": Speed(4, 5, 6)}


@pytest.mark.parametrize("text", ["{", "[]", '{"one": 3}', '{"one": ["a", 1, 2]}', '{"one": [1]}'])
def test_a_damaged_file_of_speeds_is_measured_again(kept, text):
    kept.parent.mkdir()
    kept.write_text(text)
    assert read_speeds() == {}


def test_a_few_steps_measure_the_speed_and_leave_no_files(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    measuring, events = measure_speed(tiny("san"), "cpu"), []
    while True:
        try:
            events.append(type(next(measuring)).__name__)
        except StopIteration as done:
            speed = done.value
            break
    assert events.count("Step") == WARM_UP + STEPS
    assert "Epoch" not in events
    assert all(seconds > 0 for seconds in speed)
    assert list(tmp_path.glob("tmp*")) == []  # torch keeps a folder of its own


def test_a_cancelled_measurement_leaves_no_files(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    measuring = measure_speed(tiny("san"), "cpu")
    while type(next(measuring)).__name__ != "Step":
        pass
    measuring.close()
    assert list(tmp_path.glob("tmp*")) == []  # torch keeps a folder of its own


def test_a_recipe_without_its_data_set_says_so():
    with pytest.raises(InputError, match="visual-genome"):
        list(measure_speed(find_recipe("vg/san", "quick").with_fields(weights=""), "cpu"))
