"""A study is resumed by the same command, and refuses what it did not begin."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from pan.studies import RESULTS, Recorded, Trial, read_records, run_trials
from pan.studies.record import read_record
from pan.studies.running import Drawn
from pan.system.errors import InputError
from pan.system.resources import resources_folder
from pan.training.events import Started, Step

pytestmark = pytest.mark.filterwarnings("ignore:.*tf32.*")
TEST = Drawn(4, 3)


@pytest.fixture
def trials(tiny):
    first = Trial("ablation", "standard", "nothing changed", tiny("san"))
    return (
        first,
        Trial("ablation", "standard", "nothing changed", tiny("han"), after=first.name),
        Trial("ablation", "no-padding", "no padding", tiny("san", padding=0)),
    )


def run(trials, folder, bundled):
    return run_trials(trials, folder, bundled, TEST, "cpu")


def test_each_training_leaves_a_record_and_a_second_call_does_nothing(trials, tmp_path, bundled):
    recorded = [event for event in run(trials, tmp_path, bundled) if isinstance(event, Recorded)]
    assert [event.trial for event in recorded] == list(trials)
    records = {each.variant + each.recipe.model: each for each in read_records(tmp_path)}
    assert records["no-paddingsan"].recipe == trials[2].recipe
    assert 0 <= records["standardhan"].evaluation["accuracy"] <= 1
    assert records["standardhan"].after == trials[0].name
    assert records["standardhan"].seconds > 0
    assert list(run(trials, tmp_path, bundled)) == []


def test_a_training_starts_from_the_one_it_stands_behind(trials, tmp_path, bundled):
    started = [event for event in run(trials, tmp_path, bundled) if isinstance(event, Started)]
    assert [bool(event.taken) for event in started] == [False, True, False]


def test_an_interrupted_study_is_resumed(trials, tmp_path, bundled, monkeypatch):
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", 3)
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    stopped = run(trials, tmp_path, bundled)
    for event in stopped:
        if isinstance(event, Step) and event.step == 6:
            break
    stopped.close()
    started = next(event for event in run(trials, tmp_path, bundled) if isinstance(event, Started))
    assert started.step == 6


def test_a_study_goes_on_with_data_that_have_moved(trials, tmp_path, bundled):
    photographs = tmp_path / "photographs"
    shutil.copytree(resources_folder() / "photographs", photographs)
    trial = replace(trials[0], recipe=replace(trials[0].recipe, kind="mbg"))
    stopped = run([trial], tmp_path / "study", replace(bundled, backgrounds=photographs))
    next(event for event in stopped if isinstance(event, Started))
    stopped.close()
    moved = photographs.rename(tmp_path / "moved")
    events = run([trial], tmp_path / "study", replace(bundled, backgrounds=moved))
    assert any(isinstance(event, Started) for event in events)


def test_another_recipe_of_the_same_name_is_refused(trials, tmp_path, bundled):
    list(run(trials[:1], tmp_path, bundled))
    longer = replace(trials[0], recipe=trials[0].recipe.with_fields(questions=700))
    with pytest.raises(InputError, match="another recipe"):
        next(run([longer], tmp_path, bundled))
    next(tmp_path.glob("*.json")).unlink()
    with pytest.raises(InputError, match="has another recipe"):
        next(run([longer], tmp_path, bundled))


def test_a_record_of_other_test_scenes_is_refused(trials, tmp_path, bundled):
    list(run(trials[:1], tmp_path, bundled))
    with pytest.raises(InputError, match="other test scenes"):
        next(run_trials(trials[:1], tmp_path, bundled, TEST._replace(seed=4), "cpu"))


def test_records_come_in_the_order_of_their_names(tmp_path):
    values = json.loads(next(RESULTS.glob("*.json")).read_text(encoding="utf-8"))
    for name in "caebd":
        (tmp_path / f"{name}.json").write_text(json.dumps({**values, "variant": name}), encoding="utf-8")
    assert [each.variant for each in read_records(tmp_path)] == list("abcde")


def test_a_file_that_is_no_record_is_named(tmp_path):
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(InputError, match=r"other\.json is not a record"):
        read_record(tmp_path / "other.json")
