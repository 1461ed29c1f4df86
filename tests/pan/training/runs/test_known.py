"""Runs are found wherever they lie."""

from __future__ import annotations

import pytest

from pan.training.runs import known
from pan.training.runs.folder import RECIPE
from pan.training.runs.known import known_runs, remember_run


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """The user's folder of runs, and a way to begin one anywhere."""
    monkeypatch.setattr(known, "runs_folder", lambda: tmp_path / "runs")

    def begin(name):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / RECIPE).write_text("{}")
        remember_run(tmp_path / name)
        return tmp_path / name
    return begin


def test_those_of_the_users_folder_and_those_elsewhere_are_known_once(runs):
    own, far = runs("runs/one"), runs("elsewhere/größe")
    remember_run(far)
    assert sorted(known_runs()) == sorted([own, far])


def test_a_run_by_another_way_to_its_folder_is_the_same(runs, tmp_path):
    own, far = runs("runs/one"), runs("elsewhere/run")
    remember_run(tmp_path / "runs" / ".." / "runs" / "one")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    remember_run(tmp_path / "link" / "run")
    assert sorted(known_runs()) == sorted([own, far])


def test_a_run_on_an_unmounted_drive_is_left_out_until_it_returns(runs, tmp_path):
    far = runs("stick/run")
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    assert known_runs() == []
    (tmp_path / "unplugged").rename(tmp_path / "stick")
    assert known_runs() == [far]


def test_the_latest_are_remembered(runs, monkeypatch):
    monkeypatch.setattr(known, "MOST_REMEMBERED", 2)
    for number in range(3):
        runs(f"far/{number}")
    assert len(known_runs()) == 2


def test_a_run_is_found_by_its_path_alone_where_nothing_can_be_remembered(tmp_path, monkeypatch):
    (tmp_path / "runs").write_text("a file")
    monkeypatch.setattr(known, "runs_folder", lambda: tmp_path / "runs")
    remember_run(tmp_path / "run")
    assert known_runs() == []
