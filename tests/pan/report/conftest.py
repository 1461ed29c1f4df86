"""A report on two tiny untrained networks, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pan.checkpoints.file import Checkpoint
from pan.figures.explanation import STYLE
from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.report.digits.results import Settings, measure_all
from pan.report.digits.writing import write_report
from pan.studies import STUDIES, Record, plan
from tests.pan.conftest import OUTLINED, drained


def untrained(name, **changes):

    recipe = find_recipe(name, "quick").with_fields(channels=4, hidden=4, start="", **changes)
    return Checkpoint(name, Path(name), build_model(recipe, MNIST_REFERENCE).eval(), recipe, MNIST_REFERENCE, {})


def recorded():
    """A record for every training of every study on MREF (scenes: MDIST), as if all came to the same."""
    interval = [0.6, 0.8]
    values = {
        "accuracy": 0.7, "accuracy_interval": interval, "tpr": 0.2, "tpr_interval": [0.1, 0.3], "tpr_nearest": 0.25,
        "tpr_nearest_interval": [0.2, 0.3], "tpr_accumulated": 0.5, "tpr_accumulated_interval": [0.4, 0.6],
        "tpr_by_layer": [0.2, 0.5], "open_by_layer": [{"target": 0.9, "others": 0.1, "elsewhere": 0.0}] * 2,
        "average_precision": 0.3,
        "accuracy_by_scale": [{"low": 0.5, "high": 1.0, "examples": 9, "accuracy": 0.7, "interval": interval}],
    }  # fmt: skip
    kinds = dict.fromkeys(STUDIES, "mref") | {"scenes": "mdist"}
    trials = [trial for study in STUDIES for trial in plan(study, kinds=[kinds[study]])]
    return [
        Record(each.study, each.variant, each.says, each.after, each.recipe, {"scenes": 9, "seed": 1}, 1.0,
               values | {"accuracy": 0.7 + 0.1 * each.recipe.seed})
        for each in trials
    ]  # fmt: skip


@pytest.fixture(scope="session")
def settings(bundled):
    return Settings(8, 3, bundled)


@pytest.fixture(scope="session")
def networks():
    return [untrained("mref/pan-ctx"), untrained("mbg/han"), untrained("mref/san"), untrained("mref/pan-ctx-hard")]


@pytest.fixture(scope="session")
def results(networks, settings):
    return drained(measure_all(networks, settings))


@pytest.fixture(scope="session")
def written(networks, settings, tmp_path_factory):
    """The folder of a report with one question a picture."""
    folder = tmp_path_factory.mktemp("report") / "new"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FEATURE_QUESTIONS", "ANSWER_QUESTIONS"):
            patch.setattr(f"pan.report.digits.figures.{name}", 1)
        patch.setitem(STYLE, *OUTLINED)
        drained(write_report(networks, folder, settings, recorded()))
    return folder
