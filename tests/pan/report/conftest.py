"""A report on two tiny untrained networks, written once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from pan.checkpoint import Checkpoint
from pan.models import build_model
from pan.recipes import find_recipe
from pan.report import Settings, write_report
from pan.report.measuring import measure_all
from pan.tasks import MNIST_REFERENCE
from tests.pan.conftest import drained


class Written(NamedTuple):
    folder: Path
    results: object


def untrained(name, **changes):
    from dataclasses import replace

    recipe = replace(find_recipe(name, "quick"), channels=4, hidden=4, start="", **changes)
    return Checkpoint(name, Path(name), build_model(recipe, MNIST_REFERENCE).eval(), recipe, MNIST_REFERENCE, {})


@pytest.fixture(scope="session")
def settings(bundled):
    return Settings(8, 3, bundled)


@pytest.fixture(scope="session")
def networks():
    return [untrained("mref/pan-ctx"), untrained("mbg/han"), untrained("mref/san")]


@pytest.fixture(scope="session")
def written(networks, settings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "new"
    drained(write_report(networks, folder, settings))
    return Written(folder, drained(measure_all(networks, settings)))


@pytest.fixture
def results(written):
    return written.results
