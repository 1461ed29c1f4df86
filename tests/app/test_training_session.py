"""The training session: what each verb does in each phase, and what is kept of a run however it ends."""

from __future__ import annotations

import errno
import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot

from app.training_choices import PastRun, gather_choices
from app.training_session import TrainingSession
from app.training_state import TrainingState, advance
from pan.data.sources import Sources
from pan.errors import InputError
from pan.events import Validating
from pan.recipes import find_recipe
from tests.app.fake_training import RECIPE, STEPS, FakeTraining, epoch, probe, step

BUNDLED = Sources(data_root=Path("no such folder"))
TINY = replace(
    find_recipe("mref/san", "quick"), scenes=40, validation_scenes=10, questions=1_120, epoch_questions=560, channels=4,
)  # fmt: skip


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeTraining:
    fake = FakeTraining()
    monkeypatch.setattr("pan.training.train", fake.train)
    monkeypatch.setattr("pan.training.resume", fake.resume)
    return fake


@pytest.fixture
def training(qtbot: QtBot) -> Iterator[TrainingSession]:
    training = TrainingSession()
    yield training
    assert training.close(30_000)
    training.deleteLater()


@pytest.fixture
def wait(qtbot: QtBot, training: TrainingSession) -> Callable[[Callable[[TrainingState], object]], None]:
    """Wait until the state is as the test wants it."""

    def wait(condition: Callable[[TrainingState], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition(training.state)), timeout=30_000)

    return wait


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "one"


@pytest.fixture
def begun(training: TrainingSession, fake: FakeTraining, run: Path, wait) -> FakeTraining:
    """A run in training."""
    training.start(RECIPE, Sources(), "cpu", run)
    wait(lambda state: state.run)
    fake.give(fake.started())
    wait(lambda state: state.phase == "training")
    return fake


@pytest.fixture
def models(training: TrainingSession) -> list[Path]:
    """The runs told to have a network to look at."""
    models: list[Path] = []
    training.finished_run.connect(models.append)
    return models


def test_preparing_the_data_shows_at_once_that_it_has_begun(training, fake, run, wait) -> None:
    training.start(RECIPE, Sources(), "cpu", run)
    assert training.state.phase == "preparing"
    assert training.state.recipe == RECIPE
    wait(lambda state: state.preparing)
    assert training.state.preparing.total == 6_000


def test_steps_and_epochs_move_the_state(training, begun, wait) -> None:
    begun.give(step(20, seconds=4.0), epoch(1, 0.6), probe(1), epoch(2, 0.5, best=False))
    wait(lambda state: len(state.epochs) == 2)
    state = training.state
    assert (state.step, state.steps) == (20, STEPS)
    assert state.best.epoch == 1
    assert [probe.epoch for probe in state.probes] == [1]
    assert state.questions_per_second == 20 * RECIPE.batch_questions / 4
    assert state.remaining == pytest.approx((STEPS - 20) / 5)


def test_the_first_seconds_give_no_estimate(training, begun, wait) -> None:
    begun.give(step(1, seconds=0.5))
    wait(lambda state: state.step == 1)
    assert training.state.remaining is None
    assert training.state.questions_per_second is None


def test_a_pause_keeps_the_run_until_it_goes_on(training, begun, wait, qtbot) -> None:
    training.pause()
    assert training.state.phase == "paused"
    qtbot.wait(20)  # until the step that was being worked on is done
    begun.give(step(7))
    qtbot.wait(250)
    assert training.state.step < 7
    training.go_on()
    assert training.state.phase == "training"
    wait(lambda state: state.step == 7)


def test_a_spent_budget_gives_a_model(training, begun, wait, models, run) -> None:
    begun.give(epoch(1, 0.9), step(STEPS), begun.finished())
    wait(lambda state: state.phase == "done")
    assert "90.0 %" in training.state.message
    assert models == [run]
    assert not training.is_running()


@pytest.mark.parametrize("paused", [False, True])
def test_stopping_keeps_the_best_weights(training, begun, wait, models, run, paused) -> None:
    begun.give(epoch(1))
    wait(lambda state: state.epochs)
    if paused:
        training.pause()
    training.stop()
    assert training.state.phase == "stopping"
    wait(lambda state: state.phase == "done")
    assert "Stopped after 1 of" in training.state.message
    assert models == [run]
    assert run.exists()
    assert begun.closed.is_set()


def test_stopping_before_the_first_epoch_gives_no_model_but_keeps_the_run(training, begun, wait, models, run) -> None:
    training.stop()
    wait(lambda state: state.phase == "done")
    assert models == []
    assert (run / "recipe.json").exists()


def test_cancelling_discards_the_run(training, begun, wait, models, run) -> None:
    begun.give(epoch(1))
    wait(lambda state: state.epochs)
    training.cancel()
    assert training.state.phase == "stopping"
    wait(lambda state: state.phase == "idle")
    assert models == []
    assert not run.exists()


def test_cancelling_leaves_what_the_run_did_not_write(training, begun, wait, run) -> None:
    (run / "notes.md").write_text("mine", encoding="utf-8")
    training.cancel()
    wait(lambda state: state.phase == "idle")
    assert [path.name for path in run.iterdir()] == ["notes.md"]


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
    monkeypatch.setattr("pan.run_log.write_line", full)
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


def test_a_run_that_ran_out_of_patience_says_so(training, begun, wait) -> None:
    begun.give(epoch(1, 0.9), epoch(2, 0.8, best=False), begun.finished())
    wait(lambda state: state.phase == "done")
    assert f"Finished after 2 of {RECIPE.epochs} epochs, for the last were no better" in training.state.message


def test_validation_tells_how_far_it_is_until_its_epoch_is_done() -> None:
    validating = advance(TrainingState("training", RECIPE), Validating(8, 200))
    assert validating.validating == Validating(8, 200)
    assert advance(validating, epoch(1)).validating is None


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


def test_the_log_is_the_same_in_the_window_and_in_the_run(training, begun, wait, run) -> None:
    begun.give(epoch(1))
    wait(lambda state: len(state.log) == 2)
    assert (run / "log.txt").read_text(encoding="utf-8").splitlines() == list(training.state.log)
    assert "validation 80.0 %" in training.state.log[-1]


def test_a_past_run_is_known_by_its_recipe_epochs_and_device(training, wait, own_home) -> None:
    from pan.runs import runs_folder

    training.start(TINY, BUNDLED, "cpu", runs_folder() / "past")
    wait(lambda state: not state.running)
    (runs_folder() / "stray").mkdir()
    (runs_folder() / "stray" / "recipe.json").write_text("{", encoding="utf-8")
    (choices,) = gather_choices()
    (past,) = choices.runs
    assert (past.recipe, len(past.epochs), past.device, past.ending) == (TINY, 2, "cpu", "finished")
    assert choices.estimate(TINY, "cpu") == pytest.approx(past.epochs[-1].seconds)
    assert choices.estimate(replace(TINY, channels=8), "cpu") is None


def test_a_past_run_is_shown_again_with_its_curves_its_log_and_its_probes(training, wait, own_home, qtbot) -> None:
    from pan.runs import runs_folder

    training.start(TINY, BUNDLED, "cpu", runs_folder() / "past")
    wait(lambda state: not state.running)
    shown = training.state
    (choices,) = gather_choices()
    again = TrainingSession()
    again.review(choices.runs[0])
    qtbot.waitUntil(lambda: again.state.run is not None, timeout=30_000)
    assert (again.state.phase, again.state.epochs, again.state.log) == ("done", shown.epochs, shown.log)
    assert again.state.message.startswith("Shows past of ")
    assert again.state.message.endswith(" %, finished.")
    assert [probe.epoch for probe in again.state.probes] == [0, 1, 2]
    assert (again.state.probes[2].accumulated == shown.probes[2].accumulated).all()
    assert again.close(30_000)
    again.deleteLater()


def test_a_run_is_not_pushed_aside_by_a_past_one(training, begun, wait) -> None:
    (run,) = [PastRun(Path("past"), RECIPE, (), "cpu", 0.0, "stopped")]
    training.review(run)
    assert training.state.run == begun.folder


def test_a_resumed_run_shows_how_attention_was_learnt_before(training, tmp_path, wait) -> None:
    from pan.training import train

    for event in train(TINY, tmp_path / "run", BUNDLED, "cpu"):
        if type(event).__name__ == "Epoch":
            break
    del event
    training.resume(tmp_path / "run", "cpu")
    wait(lambda state: not state.running)
    assert [probe.epoch for probe in training.state.probes] == [0, 1, 2]


def test_resuming_goes_on_from_the_epochs_done_before(training, fake, run, wait, models) -> None:
    run.mkdir(parents=True)
    fake.done_before = (epoch(1), epoch(2))
    training.resume(run, "cpu")
    wait(lambda state: state.run)
    fake.give(fake.started(), step(2 * RECIPE.steps_per_epoch + 1, seconds=0.5))
    wait(lambda state: state.seconds)
    assert training.state.epoch == 3
    assert training.state.elapsed == 20.5
    training.stop()
    wait(lambda state: state.phase == "done")
    assert models == [run]


def test_closing_while_it_trains_stops_and_keeps(training, begun, run) -> None:
    assert training.close(10_000)
    assert begun.closed.is_set()
    assert training.state.phase == "done"
    assert run.exists()


def test_a_second_start_while_one_runs_does_nothing(training, begun, tmp_path) -> None:
    training.start(RECIPE, Sources(), "cpu", tmp_path / "other")
    assert training.state.run == begun.folder


def test_verbs_without_a_run_do_nothing(training) -> None:
    for verb in (training.pause, training.go_on, training.stop, training.cancel):
        verb()
    assert training.state == TrainingState()


@pytest.mark.parametrize(
    "device",
    ["cpu", pytest.param("cuda", marks=pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA here"))],
)
def test_a_real_network_is_trained_and_the_device_released(training, run, wait, models, device) -> None:
    gc.collect()
    before = torch.cuda.memory_allocated() if device == "cuda" else 0
    training.start(TINY, BUNDLED, device, run)
    wait(lambda state: not state.running)
    state = training.state
    assert state.phase == "done", state.message
    assert [each.epoch for each in state.epochs] == [1, 2]
    assert [each.epoch for each in state.probes] == [0, 1, 2]
    assert models == [run]
    assert (run / "best.safetensors").exists()
    assert before == (torch.cuda.memory_allocated() if device == "cuda" else 0)


def test_a_killed_run_ends_with_the_weights_of_an_unbroken_one(training, tmp_path, wait) -> None:
    from pan.checkpoint import load_checkpoint
    from pan.training import train

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    recipe = replace(TINY, scenes=20, validation_scenes=4, questions=336, epoch_questions=112, precision="float32")
    list(train(recipe, whole, BUNDLED, "cpu"))
    for event in train(recipe, killed, BUNDLED, "cpu"):  # left as a kill leaves it: nothing is written at the end
        if type(event).__name__ == "Step" and event.step == recipe.steps_per_epoch + 2:
            break
    training.resume(killed, "cpu")
    wait(lambda state: not state.running)
    assert training.state.phase == "done", training.state.message
    ours, theirs = (load_checkpoint(str(run / "last.safetensors")).model.state_dict() for run in (whole, killed))
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    shutil.rmtree(tmp_path)
