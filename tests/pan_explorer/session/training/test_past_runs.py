"""Runs of another day: listed, shown again, and resumed where they were left."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import torch

from pan.data.sources import Sources
from pan_explorer.background.training_choices import PastRun, gather_choices
from pan_explorer.session.training import TrainingSession
from tests.pan_explorer.fake_training import BUNDLED, RECIPE, TINY, epoch, step


def test_a_past_run_is_known_by_its_recipe_epochs_and_device(training, wait, own_home) -> None:
    from pan.training.runs.folder import runs_folder

    training.start(TINY, BUNDLED, "cpu", runs_folder() / "past")
    wait(lambda state: not state.running)
    (runs_folder() / "stray").mkdir()
    (runs_folder() / "stray" / "recipe.json").write_text("{", encoding="utf-8")
    (choices,) = gather_choices()
    (past,) = choices.runs
    assert (past.recipe, len(past.epochs), past.device, past.ending) == (TINY, 2, "cpu", "finished")
    assert not past.resumable
    assert choices.estimate(TINY, "cpu") == pytest.approx(past.epochs[-1].seconds)
    assert choices.estimate(TINY.with_fields(channels=8), "cpu") is None


def test_a_run_of_the_command_line_is_known_wherever_it_lies(tmp_path, own_home) -> None:
    from pan.training.runs.folder import create_run
    from pan.training.runs.known import remember_run

    create_run(tmp_path / "far" / "mine", TINY, BUNDLED)
    remember_run(tmp_path / "far" / "mine")
    (choices,) = gather_choices()
    assert [(run.path, run.title) for run in choices.runs] == [(tmp_path / "far" / "mine", "mine")]


def test_the_newest_run_is_listed_first(own_home) -> None:
    from pan.training.runs.folder import create_run, runs_folder

    for name, began in (("middle", 2_000_000), ("newest", 3_000_000), ("oldest", 1_000_000)):
        create_run(runs_folder() / name, TINY, BUNDLED)
        os.utime(runs_folder() / name / "recipe.json", (began, began))
    (choices,) = gather_choices()
    assert [run.title for run in choices.runs] == ["newest", "middle", "oldest"]


def test_a_past_run_is_shown_again_with_its_curves_its_log_and_its_probes(training, wait, own_home, qtbot) -> None:
    from pan.training.runs.folder import runs_folder

    training.start(TINY, BUNDLED, "cpu", runs_folder() / "past")
    wait(lambda state: not state.running)
    shown = training.state
    (choices,) = gather_choices()
    again = TrainingSession()
    again.look_up()
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
    (run,) = [PastRun(Path("past"), RECIPE, (), "cpu", 0.0, "stopped", Sources())]
    training.review(run)
    assert training.state.run == begun.folder


def test_a_resumed_run_shows_how_attention_was_learnt_before(training, tmp_path, wait) -> None:
    from pan.training.loop import train

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


def test_a_run_whose_data_were_moved_goes_on_once_their_new_place_is_given(
    training, sample_sets, tmp_path, own_home, wait
) -> None:
    from pan.training.loop import train
    from pan.training.runs.folder import runs_folder

    data, run = tmp_path / "set", runs_folder() / "run"
    shutil.copytree(sample_sets / "mref", data)
    for event in train(TINY.with_fields(questions=224, epoch_questions=112), run, Sources(data=data), "cpu"):
        if type(event).__name__ == "Epoch":
            break
    del event
    data.rename(tmp_path / "moved")
    assert missing() == ("data",)
    training.resume(run, "cpu")
    wait(lambda state: not state.running)
    assert f"{data} is not there" in training.state.message
    training.resume(run, "cpu", Sources(data=tmp_path / "moved"))
    wait(lambda state: not state.running)
    assert training.state.phase == "done", training.state.message
    assert len(training.state.epochs) == 2
    assert missing() == ()


def missing() -> tuple[str, ...]:
    """What the only run of the user lacks, as the list of runs knows it."""
    (choices,) = gather_choices()
    (past,) = choices.runs
    return past.missing


def test_a_killed_run_ends_with_the_weights_of_an_unbroken_one(training, tmp_path, wait) -> None:
    from pan.checkpoints.file import load_checkpoint
    from pan.training.loop import train

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    recipe = TINY.with_fields(scenes=20, validation_scenes=4, questions=336, epoch_questions=112, precision="float32")
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
