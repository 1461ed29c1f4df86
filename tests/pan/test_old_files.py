"""Files that version 0.4.0 wrote are read: a network, a run, sets and evaluations."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import pan
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.evaluation.answer_file import load_evaluated
from pan.training.events import Finished, Started
from pan.training.loop import resume
from pan.training.runs.folder import read_metrics, read_run
from pan.training.runs.log import read_log
from pan.training.runs.probes import read_probes

OLD = Path(__file__).parents[1] / "data" / "0.4.0"


@pytest.fixture
def run(tmp_path):
    """The old run, to be changed."""
    return Path(shutil.copytree(OLD / "run", tmp_path / "run"))


def test_an_old_network_answers_an_old_set_as_it_did():
    network = pan.load(OLD / "network.safetensors", device="cpu")
    assert network.recipe.model == "pan-ctx"
    assert network.recipe.network.gates == (2, 3)
    (then,) = json.loads((OLD / "evaluation.json").read_text())
    now = pan.evaluate(network, OLD / "set")
    assert now.examples == then["examples"] == 25
    assert now.accuracy == then["accuracy"]
    assert now.to_json()["confusion"] == then["confusion"]


def test_answers_that_the_old_window_kept_are_read():
    kept = load_evaluated(OLD / "evaluation.npz")
    assert len(kept.answers.predicted) == 25
    assert set(kept.answers.predicted) <= {"red", "yellow", "green", "blue", "white"}
    assert np.isfinite(kept.answers.tpr).all()
    assert kept.measures["accuracy"] == pytest.approx(0.28)


def test_an_old_set_of_several_answers_is_read():
    task = labelled_words(OLD / "labelled-set", 96)
    questions = read_labelled_set(OLD / "labelled-set", task)
    assert len(questions.images) == 2
    assert questions.right_answers(np.arange(len(questions)), len(task.answers)).any(1).all()
    assert 0 <= pan.evaluate(pan.load("vg-tiny/san"), OLD / "labelled-set").accuracy <= 1


def test_an_old_run_tells_its_recipe_epochs_probes_and_log(run):
    recipe, sources = read_run(run)
    assert recipe.name == "mref/pan-ctx"
    assert sources.data is None
    assert [epoch.epoch for epoch in read_metrics(run)] == [1, 2]
    assert [probe.epoch for probe in read_probes(run, 2)] == [0, 2]
    assert "stopped at step 11" in "\n".join(read_log(run))
    assert pan.load(run).task.answers == ("red", "yellow", "green", "blue", "white")


def test_an_old_run_goes_on_to_its_end(run):
    events = list(resume(run, "cpu"))
    (started,) = (event for event in events if isinstance(event, Started))
    assert started.step == 8  # that of its last saved state
    assert isinstance(events[-1], Finished)
    assert [epoch.epoch for epoch in read_metrics(run)] == [1, 2, 3]
