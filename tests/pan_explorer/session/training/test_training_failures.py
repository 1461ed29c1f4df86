"""Trainings that fail: the sentence that says why, and what is left of the run."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pan.data.sources import Sources
from pan.system.errors import InputError
from pan.training.runs.folder import runs_folder
from tests.pan_explorer.fake_training import BUNDLED, RECIPE, TINY, epoch


def test_a_failing_run_shows_its_sentence_and_keeps_what_is_there(training, begun, wait, run) -> None:
    begun.give(InputError("the disk is full."))
    wait(lambda state: state.phase == "failed")
    assert training.state.message == "the disk is full. The run is kept; resume it under Runs."
    assert "the disk is full." in (run / "log.txt").read_text(encoding="utf-8")
    assert not training.is_running()


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB"), "halve images_per_batch"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), "halve images_per_batch"),
        (MemoryError(), "train on the CPU"),
        (OSError(errno.ENOSPC, "No space left on device"), "make room"),
        (InputError("run/metrics.csv cannot be written: No space left on device; make room."), "make room"),
        (RuntimeError("CUDA error: no CUDA-capable device is detected"), "choose another one"),
        (InputError("there is no device “cuda:1” here; choose auto or one of cpu."), "choose auto or one of cpu"),
    ],
)
def test_a_failure_of_the_machine_says_what_to_do_and_the_run_can_be_resumed(
    training, begun, wait, run, models, error, advice
) -> None:
    begun.give(epoch(1))
    wait(lambda state: state.epochs)
    begun.give(error)
    wait(lambda state: state.phase == "failed")
    assert advice in training.state.message
    assert "Traceback" not in training.state.message
    assert "The run is kept; resume it under Runs" in training.state.message
    assert (run / "recipe.json").exists()
    training.resume(run, "cpu")
    wait(lambda state: state.phase == "preparing" and state.run)
    training.stop()
    wait(lambda state: state.phase == "done")


def test_a_log_that_cannot_be_written_fails_in_a_sentence_that_the_window_still_shows(
    training, begun, wait, monkeypatch
) -> None:
    def full(run, text):
        raise InputError("log.txt cannot be written: No space left on device; make room.")
    monkeypatch.setattr("pan.training.runs.log.write_line", full)
    begun.give(epoch(1))
    wait(lambda state: state.phase == "failed")
    assert "make room" in training.state.message
    assert "make room" in training.state.log[-1]


def test_a_missing_device_is_told_before_there_is_a_run(training, wait, run) -> None:
    training.start(TINY, BUNDLED, "cuda:77", run)
    wait(lambda state: state.phase == "failed")
    assert "there is no device “cuda:77” here; choose auto or one of" in training.state.message
    assert not run.exists()


def test_a_mistake_in_the_data_is_told_before_there_is_a_run(training, wait, run) -> None:
    training.start(TINY, Sources(data=Path("nowhere")), "cpu", run)
    wait(lambda state: state.phase == "failed")
    assert "nowhere is no reference set" in training.state.message
    assert not run.exists()


def test_a_mistake_leaves_no_folder_among_the_runs(training, wait, own_home) -> None:
    training.start(TINY, Sources(data=Path("nowhere")), "cpu")
    wait(lambda state: state.phase == "failed")
    assert list(runs_folder().iterdir()) == []


def test_an_unforeseen_failure_puts_all_that_is_known_into_the_log(training, begun, wait, run) -> None:
    begun.give(ZeroDivisionError("by zero"))
    wait(lambda state: state.phase == "failed")
    assert "Traceback" not in training.state.message
    assert "Traceback" in (run / "log.txt").read_text(encoding="utf-8")
    assert any("Traceback" in line for line in training.state.log)


def test_a_folder_that_holds_a_run_is_refused_and_stays_as_it_is(training, run, wait) -> None:
    run.mkdir(parents=True)
    (run / "recipe.json").write_text("precious", encoding="utf-8")
    training.start(RECIPE, BUNDLED, "cpu", run)
    training.cancel()
    wait(lambda state: state.phase == "failed")
    assert "holds a run already" in training.state.message
    assert (run / "recipe.json").read_text(encoding="utf-8") == "precious"
