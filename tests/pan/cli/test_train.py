"""`pan train`: runs that begin, stop and go on."""

from __future__ import annotations

import csv
import json
import math
import os
import signal
import subprocess
import sys

import pytest

from pan.checkpoints.file import load_checkpoint
from pan.data.digits.writing import write_reference_set
from pan.data.sources import renderer
from pan.training.distributed import ProcessGroup
from pan.training.events import Step
from pan.training.loop import train
from pan.training.runs.folder import runs_folder
from pan.training.runs.known import known_runs

pytestmark = pytest.mark.filterwarnings("ignore:.*tf32.*")

TINY = ("--preset", "quick", "--device", "cpu", "--set", "channels=4", "hidden=4", "scenes=24", "validation_scenes=6",
        "images_per_batch=4", "epoch_questions=112", "precision=float32")  # fmt: skip


def recipe_of(run):
    return json.loads((run / "recipe.json").read_text())["recipe"]


def test_training_tells_a_line_an_epoch_and_leaves_a_network(pan, tmp_path):
    run = tmp_path / "run"
    result = pan("train", "mref/pan-ctx", *TINY, "--epochs", 2, "--seed", 5, "--out", run)
    assert result.code == 0
    lines = result.out.splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == ["epoch 1/2", "epoch 2/2"]
    assert str(run) in lines[-1]
    assert known_runs() == [run]
    assert "bundled digits" in result.err
    recipe = load_checkpoint(str(run)).recipe
    assert (recipe.seed, recipe.network.channels, recipe.epochs, recipe.preset) == (5, 4, 2, "quick")


def test_settings_may_be_given_one_by_one(pan, tmp_path):
    arguments = (*TINY, "--set", "gates=2,3", "--set", "normalize=false", "--epochs", 1, "--out", tmp_path / "run")
    assert pan("train", "mref/pan-ctx", *arguments).code == 0
    assert recipe_of(tmp_path / "run")["gates"] == [2, 3]
    assert recipe_of(tmp_path / "run")["normalize"] is False


def test_training_begins_from_another_networks_weights_and_says_what_it_took(pan, tmp_path, make_checkpoint):
    start = make_checkpoint("san")
    result = pan("train", "mref/han", *TINY, "--epochs", 1, "--start", start, "--out", tmp_path / "run")
    assert result.code == 0
    assert f"tensors from {start}" in result.err


@pytest.mark.parametrize("validation", [False, True])
def test_training_on_a_set_takes_its_words_from_it(validation, pan, tmp_path, bundled):
    folder = tmp_path / "set"
    list(write_reference_set(folder, renderer("mref", "train", bundled).scenes((1,), 12)))
    text = (folder / "index.csv").read_text().replace(",red,", ",crimson,")
    (folder / "index.csv").write_text(text)
    extra = ("--validation", folder) if validation else ()
    result = pan("train", "mref/san", *TINY, "--epochs", 1, "--data", folder, *extra, "--out", tmp_path / "run")
    assert result.code == 0
    assert "crimson" in load_checkpoint(str(tmp_path / "run")).task.answers


def test_a_network_is_trained_on_a_set_by_its_own_name_and_told_when_it_has_learnt_nothing(pan, tmp_path, bundled):
    folder = tmp_path / "shoes"
    list(write_reference_set(folder, renderer("mref", "train", bundled).scenes((1,), 12)))
    small = ("channels=4", "hidden=4", "questions=14", "learning_rate=0")
    result = pan("train", "san", "--data", folder, "--device", "cpu", "--set", *small, "--out", tmp_path / "run")
    assert result.code == 0
    assert load_checkpoint(str(tmp_path / "run")).recipe.name == "shoes/san"
    assert "guessing baselines: " in result.err
    assert "questions are few" in result.err
    assert "no better than a guess" in result.err


def test_an_interrupted_run_is_kept_and_says_how_it_goes_on(pan, tmp_path, monkeypatch):
    run = tmp_path / "run"

    def interrupted(*arguments):
        for event in train(*arguments):
            yield event
            if isinstance(event, Step) and event.step == 6:
                raise KeyboardInterrupt
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", 3)
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    monkeypatch.setattr("pan.cli.train.train", interrupted)
    result = pan("train", "mref/san", *TINY, "--epochs", 3, "--out", run)
    assert result.code == 130
    assert f"pan train --resume {run}" in result.err
    resumed = pan("train", "--resume", run)
    assert resumed.code == 0
    assert "continuing after step 6" in resumed.err
    assert [line.split("  ")[0] for line in resumed.out.splitlines()[:-1]] == ["epoch 2/3", "epoch 3/3"]


@pytest.mark.parametrize(("rank", "runs"), [(0, 1), (1, 0)])
def test_of_processes_that_train_together_one_makes_the_folder_of_the_run(rank, runs, pan, monkeypatch):
    monkeypatch.setattr("pan.cli.train.process_group", lambda: ProcessGroup(rank, 2))
    monkeypatch.setattr("pan.cli.train.train", lambda *_: iter(()))
    assert pan("train", "mref/san", *TINY).code == 0
    assert len(list(runs_folder().glob("*"))) == runs


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise elsewhere")
@pytest.mark.skipif(signal.getsignal(signal.SIGINT) == signal.SIG_IGN, reason="a shell let Ctrl+C be ignored")
def test_ctrl_c_stops_a_run_with_130(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data of the user"))
    command = [sys.executable, "-m", "pan", "train", "mref/san", *TINY, "--epochs", "100000", "--out", tmp_path / "run"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("epoch 1/100000")
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()  # else a failure would wait for it
    assert process.returncode == 130
    assert errors.splitlines()[-1] == f"stopped; continue with pan train --resume {tmp_path / 'run'}"
    assert "Traceback" not in errors
    with (tmp_path / "run" / "metrics.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) >= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "recipe"),
        (("mref/vgg",), "choose one of"),
        (("mref/san", "--preset", "slow"), "quick"),
        (("mref/san", "--epochs", 0), "at least 1"),
        (("mref/san", "--set", "accumulation=32"), "at most images_per_batch, which is 16"),
        (("mref/san", "--set", "image_size=96"), "image_size must be 100"),
        (("mref/san", "--set", "kind=mnist"), "no data set “mnist”"),
        (("mref/san", "--set", "scenes=9223372036854775807"), "at most"),
        (("mref/san", "--set", "channels=0"), "at least 1"),
        (("mref/san", "--set", "wings=2"), "no field"),
        (("mref/san", "--set", "channels=many"), "many"),
        (("mref/san", "--device", "abacus"), "abacus"),
        (("mref/san", "--start", "none.safetensors"), "none.safetensors"),
        (("mref/san", "--start", "mref/none"), "mref/none"),
        (("mref/san", "--validation", "somewhere"), "--data"),
        (("mref/san", "--data", "nowhere"), "nowhere"),
        (("mbg/san", "--start", "", "--backgrounds", "nowhere"), "nowhere"),
        (("--resume", "nowhere"), "nowhere"),
        (("mref/san", "--resume", "nowhere"), "leave out recipe"),
        (("--resume", "nowhere", "--set", "channels=8"), "leave out settings"),
        (("--resume", "nowhere", "--seed", 0), "leave out seed"),
    ],
)
def test_a_mistake_is_one_sentence_before_anything_is_trained(arguments, said, refused, tmp_path):
    out = () if "--resume" in arguments else ("--out", tmp_path / "run")
    assert said in refused("train", *arguments, *out)
    assert not (tmp_path / "run").exists(), "the same folder can be given again"


def test_a_network_of_one_answer_is_not_trained_to_give_several(refused, tmp_path, labelled_set):
    told = refused("train", "mref/stn-s", "--data", labelled_set, "--out", tmp_path / "run")
    assert "stn-s gives one answer to a question" in told
    assert not (tmp_path / "run").exists()


def test_a_run_goes_on_elsewhere_and_without_what_it_began_from(pan, tmp_path, make_checkpoint, monkeypatch):
    start = make_checkpoint("san")
    monkeypatch.chdir(start.parent)
    arguments = (*TINY, "--epochs", 2, "--start", start.name, "--out", tmp_path / "run")
    assert pan("train", "mref/san", *arguments).code == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert recipe_of(tmp_path / "run")["start"] == str(start)
    start.unlink()
    resumed = pan("train", "--resume", tmp_path / "run")
    assert resumed.code == 0
    assert "start:" not in resumed.err


def test_weights_that_are_no_numbers_are_not_written(pan, tmp_path, monkeypatch):
    monkeypatch.setattr("pan.training.update.loss", lambda output, *_, **__: output.log_probabilities.sum() * math.nan)
    result = pan("train", "mref/san", *TINY, "--epochs", 1, "--out", tmp_path / "run")
    assert result.code == 2
    assert "the loss is no number any more after 4 steps; begin again with a lower learning_rate" in result.err
    assert not (tmp_path / "run" / "best.safetensors").exists()


def test_a_run_is_not_overwritten(refused, pan, tmp_path):
    arguments = ("train", "mref/san", *TINY, "--epochs", 1, "--out", tmp_path / "run")
    assert pan(*arguments).code == 0
    before = (tmp_path / "run" / "best.safetensors").read_bytes()
    assert "--resume" in refused(*arguments)
    assert (tmp_path / "run" / "best.safetensors").read_bytes() == before


def test_a_run_below_a_file_cannot_be_written(refused, tmp_path):
    (tmp_path / "file").write_text("kept")
    assert "cannot be written" in refused("train", "mref/san", *TINY, "--out", tmp_path / "file" / "run")


def test_weights_are_for_vgg_alone(refused):
    assert "for VGG-16" in refused("train", "mref/san", "--from-scratch")
    assert "not allowed with" in refused("train", "vg/san", "--from-scratch", "--weights", "x.pth")


def test_missing_weights_say_how_to_get_them(refused, monkeypatch, tmp_path):
    monkeypatch.setattr("torch.hub.get_dir", lambda: str(tmp_path))
    assert "--from-scratch" in refused("train", "vg/san", "--data", tmp_path, "--out", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_run_whose_set_was_moved_is_told_where_it_is(pan, refused, tmp_path, labelled_set):
    words = ("train", "vg-tiny/san", "--preset", "quick", "--data", labelled_set, "--set", "channels=4", "hidden=4",
             "images_per_batch=2", "epoch_questions=8", "--epochs", 1, "--out", tmp_path / "run")  # fmt: skip
    assert pan(*words).code == 0
    labelled_set.rename(tmp_path / "moved")
    told = refused("train", "--resume", tmp_path / "run")
    assert f"{labelled_set} is not there" in told
    assert "say where it is now: --data NEW" in told
    assert pan("train", "--resume", tmp_path / "run", "--data", tmp_path / "moved").code == 0
    assert pan("train", "--resume", tmp_path / "run").code == 0
