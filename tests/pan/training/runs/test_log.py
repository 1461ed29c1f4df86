"""A run's log.txt: the same whoever runs it, and it tells how the run ended."""

from __future__ import annotations

import pytest

from pan.system.errors import InputError
from pan.training.events import Finished, Logged, Started, Step
from pan.training.loop import resume, train
from pan.training.runs.log import read_log, with_log
from pan.training.runs.status import trained_on


def test_every_run_writes_its_log_and_tells_each_line(tiny, tmp_path, bundled):
    events = list(train(tiny("san"), tmp_path / "run", bundled, "cpu"))
    lines = read_log(tmp_path / "run")
    assert lines == tuple(event.line for event in events if isinstance(event, Logged))
    assert "12 steps, on cpu in float32" in lines[0]
    assert [line[10:22] for line in lines[1:4]] == ["epoch 1 of 3", "epoch 2 of 3", "epoch 3 of 3"]
    assert "finished: best validation" in lines[-1]
    assert isinstance(events[-1], Finished)
    assert trained_on(tmp_path / "run") == "cpu"


def test_the_log_of_a_resumed_run_goes_on(tiny, tmp_path, bundled, monkeypatch):
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", 3)
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    run = tmp_path / "run"
    for event in train(tiny("san"), run, bundled, "cpu"):
        if isinstance(event, Step) and event.step == 7:
            break
    del event
    assert read_log(run)[-1].endswith("stopped at step 7")
    list(resume(run, "cpu"))
    assert any("goes on at step 6 of 12" in line for line in read_log(run))


def failing(error):
    yield Step(1, 2, 1, 7, 0.1)
    raise error


def test_a_mistake_is_logged_as_its_sentence(tmp_path):
    with pytest.raises(InputError):
        list(with_log(failing(InputError("the disk is full.")), tmp_path))
    assert [line[10:] for line in read_log(tmp_path)] == ["the disk is full."]


def test_an_unexpected_error_is_logged_with_its_traceback(tmp_path):
    with pytest.raises(ZeroDivisionError):
        list(with_log(failing(ZeroDivisionError("by zero")), tmp_path))
    log = "\n".join(read_log(tmp_path))
    assert "Traceback" in log
    assert "ZeroDivisionError: by zero" in log


def test_a_log_that_cannot_be_written_is_one_sentence(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    (run / "log.txt").mkdir(parents=True)
    with pytest.raises(InputError, match=r"log\.txt cannot be written"):
        list(train(tiny("san"), run, bundled, "cpu"))


def test_a_folder_that_is_refused_gets_no_log(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    run.mkdir()
    (run / "recipe.json").write_text("precious")
    with pytest.raises(InputError, match="holds a run already"):
        list(train(tiny("san"), run, bundled, "cpu"))
    assert not (run / "log.txt").exists()


def test_starting_tells_what_was_taken(tiny, tmp_path, bundled):
    list(train(tiny("san"), tmp_path / "one", bundled, "cpu"))
    events = list(train(tiny("san", start=str(tmp_path / "one")), tmp_path / "two", bundled, "cpu"))
    started = next(event for event in events if isinstance(event, Started))
    assert f"took {started.taken} from {tmp_path / 'one'}" in read_log(tmp_path / "two")[0]
