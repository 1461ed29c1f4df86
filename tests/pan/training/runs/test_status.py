"""A run's status tells how it ended, whatever its log says."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

import pytest

from pan.data.digits.writing import write_reference_set
from pan.data.sources import Sources, renderer
from pan.system.errors import InputError
from pan.system.lock import InUseError, in_use
from pan.training.events import Finished, Started, Step
from pan.training.loop import resume, train
from pan.training.runs.folder import LOG, RECIPE, new_run
from pan.training.runs.own_files import discard_run
from pan.training.runs.status import STATUS, Status, read_ending, read_status, with_status


def failing(error):
    yield Step(1, 2, 1, 7, 0.1)
    raise error


def stopped_after_a_step(recipe, run, sources):
    with closing(train(recipe, run, sources, "cpu")) as events:
        next(event for event in events if isinstance(event, Step))


def test_a_run_that_ends_is_finished(tiny, tmp_path, bundled):
    assert isinstance(list(train(tiny("san"), tmp_path / "run", bundled, "cpu"))[-1], Finished)
    assert read_status(tmp_path / "run") == Status("finished", "cpu", 12)


def test_a_run_that_is_left_is_stopped_and_goes_on(tiny, tmp_path, bundled):
    stopped_after_a_step(tiny("san"), tmp_path / "run", bundled)
    assert read_ending(tmp_path / "run") == "stopped"
    (tmp_path / "run" / LOG).write_text("finished: no line of it decides")
    list(resume(tmp_path / "run", "cpu"))
    assert read_ending(tmp_path / "run") == "finished"


@pytest.mark.parametrize(("error", "ending"), [(InputError("full"), "failed"), (KeyboardInterrupt(), "stopped"),
                                               (ZeroDivisionError(), "failed")])  # fmt: skip
def test_the_status_distinguishes_the_ends_of_a_run(error, ending, tmp_path):
    with pytest.raises(type(error)):
        list(with_status(failing(error), tmp_path))
    assert read_ending(tmp_path) == ending


@pytest.mark.parametrize("text", [None, "", "[]", '{"phase": "flying"}', "[" * 100_000, '{"phase": "training"}'])
def test_a_run_without_a_word_was_cut_off(text, tmp_path):
    if text is not None:
        (tmp_path / STATUS).write_text(text)
    assert read_ending(tmp_path) == "cut off"


def test_a_second_process_is_told_that_a_run_is_in_use(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    with closing(train(tiny("san"), run, bundled, "cpu")) as events:
        next(event for event in events if isinstance(event, Started))
        with pytest.raises(InUseError, match=f"in use by process {os.getpid()}"):
            next(resume(run, "cpu"))
        with pytest.raises(InUseError):
            discard_run(run)
        assert (run / RECIPE).is_file()
    assert isinstance(list(resume(run, "cpu"))[-1], Finished)


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path):
    script = ("import os, sys; from pathlib import Path; from pan.system.lock import in_use\n"
              "with in_use(Path(sys.argv[1])): os.kill(os.getpid(), 9)")
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == -9
    with in_use(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_runs_begun_in_the_same_second_have_folders_of_their_own(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr("pan.training.runs.folder.runs_folder", lambda: tmp_path)
    assert len({new_run(tiny("san")) for _ in range(5)}) == 5


@pytest.mark.parametrize("name", [LOG, "metrics.csv", "best.safetensors", "probes", "status.json", ".pan-lock"])
def test_a_link_in_a_runs_folder_is_refused_and_what_it_leads_to_stays(name, tiny, tmp_path, bundled):
    run, outside = tmp_path / "run", tmp_path / "outside"
    run.mkdir()
    (outside / "kept.npz").parent.mkdir()
    (outside / "kept.npz").write_text("mine")
    (run / name).symlink_to(outside if name == "probes" else outside / "kept.npz")
    with pytest.raises(InputError, match="is a link"):
        next(train(tiny("san"), run, bundled, "cpu"))
    discard_run(run)
    assert (outside / "kept.npz").read_text() == "mine"


def test_hidden_files_of_the_user_survive_a_resume(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    stopped_after_a_step(tiny("san"), run, bundled)
    mine = [run / ".notes-20261128.txt", run / ".pan-unfinished-mine", run / "probes" / ".keep-12345678.npz"]
    for path in mine:
        path.write_text("mine")
    list(resume(run, "cpu"))
    assert all(path.read_text() == "mine" for path in mine)


def test_a_run_goes_on_with_data_that_were_moved(tiny, tmp_path, bundled):
    old, run = tmp_path / "old", tmp_path / "run"
    list(write_reference_set(old, renderer("mref", "val", bundled).scenes((0, 1), 12)))
    stopped_after_a_step(tiny("san"), run, Sources(data=old))
    old.rename(tmp_path / "new")
    with pytest.raises(InputError, match="old"):
        list(resume(run, "cpu"))
    assert isinstance(list(resume(run, "cpu", Sources(data=tmp_path / "new")))[-1], Finished)
    assert isinstance(list(resume(run, "cpu"))[-1], Finished)  # it remembers
