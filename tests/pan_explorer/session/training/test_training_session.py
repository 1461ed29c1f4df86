"""The training session: what each verb does in each phase, and what is kept of a run however it ends."""

from __future__ import annotations

import gc

import pytest
import torch

from pan.data.sources import Sources
from pan.training.events import Validating
from pan_explorer.state.training import TrainingState, advance
from tests.pan_explorer.fake_training import BUNDLED, RECIPE, STEPS, TINY, epoch, probe, step


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
    assert state.questions_per_second == 20 * RECIPE.data.batch_questions / 4
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


def test_a_run_that_ran_out_of_patience_says_so(training, begun, wait) -> None:
    begun.give(epoch(1, 0.9), epoch(2, 0.8, best=False), begun.finished())
    wait(lambda state: state.phase == "done")
    assert f"Finished after 2 of {RECIPE.epochs} epochs, for the last were no better" in training.state.message


def test_validation_tells_how_far_it_is_until_its_epoch_is_done() -> None:
    validating = advance(TrainingState("training", RECIPE), Validating(8, 200))
    assert validating.validating == Validating(8, 200)
    assert advance(validating, epoch(1)).validating is None


def test_the_log_is_the_same_in_the_window_and_in_the_run(training, begun, wait, run) -> None:
    begun.give(epoch(1))
    wait(lambda state: len(state.log) == 2)
    assert (run / "log.txt").read_text(encoding="utf-8").splitlines() == list(training.state.log)
    assert "validation 80.0 %" in training.state.log[-1]


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
    before = _allocated(device)
    training.start(TINY, BUNDLED, device, run)
    wait(lambda state: not state.running)
    state = training.state
    assert state.phase == "done", state.message
    assert [each.epoch for each in state.epochs] == [1, 2]
    assert [each.epoch for each in state.probes] == [0, 1, 2]
    assert models == [run]
    assert (run / "best.safetensors").exists()
    assert before == _allocated(device)


def _allocated(device) -> int:
    """Bytes of tensors on the device, without what its libraries keep for the next network."""
    gc.collect()
    if device == "cpu":
        return 0
    torch._C._cuda_clearCublasWorkspaces()
    return torch.cuda.memory_allocated()
