"""Runs: what they tell, what they leave on disk, and that nothing is lost when they are stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
import torch
from safetensors.torch import load_file

from pan.checkpoints.file import BEST, STATE, load_checkpoint
from pan.data.sources import Sources
from pan.recipes.digits import MODELS
from pan.system.errors import InputError
from pan.system.unfinished import unfinished
from pan.training.events import Epoch, Event, Finished, Probe, Saved, Started, Step, Validating
from pan.training.loop import resume, train
from pan.training.runs.folder import METRICS, RECIPE, read_metrics
from pan.training.runs.probes import read_probes

pytestmark = pytest.mark.filterwarnings("ignore:.*tf32.*")


def weights(run):
    return load_file(run / BEST) | {f"last.{k}": v for k, v in load_file(run / "last.safetensors").items()}


def same(one, two):
    return one.keys() == two.keys() and all(torch.equal(one[name], two[name]) for name in one)


@pytest.mark.parametrize("model", MODELS)
def test_a_run_tells_what_it_does_and_leaves_a_network(model, tiny, tmp_path, bundled):
    events = list(train(tiny(model), tmp_path / "run", bundled, "cpu"))
    assert next(event for event in events if isinstance(event, Started)).steps == 12
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert [epoch.epoch for epoch in epochs] == [1, 2, 3]
    assert sum(isinstance(event, Step) for event in events) == 12
    assert [event.epoch for event in events if isinstance(event, Probe)] == [0, 1, 2, 3]
    assert isinstance(events[-1], Finished)
    assert any(isinstance(event, Saved) and event.best for event in events)
    assert str(read_metrics(tmp_path / "run")) == str(tuple(epochs))  # a NaN is not equal to itself
    loaded = load_checkpoint(str(tmp_path / "run"))
    assert loaded.recipe == tiny(model)
    assert loaded.metrics["validation"]["accuracy"] == max(epoch.validation_accuracy for epoch in epochs)


def test_the_same_seed_gives_the_same_run(whole, tiny, tmp_path, bundled):
    torch.rand(3)  # exploring between two runs changes nothing
    list(train(tiny(), tmp_path / "again", bundled, "cpu"))
    assert same(weights(whole.run), weights(tmp_path / "again"))


class Whole(NamedTuple):
    run: Path
    events: Sequence[Event]


@pytest.fixture(scope="module")
def whole(tiny, tmp_path_factory, bundled):
    """A run that nothing broke off, its validation told after every two images."""
    run = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pan.explaining.batches.IMAGES_PER_BATCH", 2)
        return Whole(run, list(train(tiny(), run, bundled, "cpu")))


@pytest.mark.parametrize("stop_at", [1, 4, 7])  # before a state is written, with the epoch's end, and after a state
def test_a_run_that_is_dropped_anywhere_resumes_to_the_same_weights(
    stop_at, whole, tiny, tmp_path, bundled, monkeypatch
):
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", 3)  # inside epochs of four steps
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    monkeypatch.setattr("pan.explaining.batches.IMAGES_PER_BATCH", 2)  # as the whole run: batches round differently
    for event in train(tiny(), tmp_path / "broken", bundled, "cpu"):
        if isinstance(event, Step) and event.step == stop_at:
            break
    rest = list(resume(tmp_path / "broken", "cpu"))
    assert same(weights(whole.run), weights(tmp_path / "broken"))

    def learnt(events):
        return [replace(event, seconds=0.0) for event in events if isinstance(event, Epoch)]
    started = next(event for event in rest if isinstance(event, Started))
    assert learnt(started.history) + learnt(rest) == learnt(whole.events)
    assert learnt(read_metrics(tmp_path / "broken")) == learnt(whole.events)


@pytest.mark.parametrize("state_every", [2, 3])
def test_a_run_left_in_the_middle_of_a_validation_does_it_again(
    state_every, whole, tiny, tmp_path, bundled, monkeypatch
):
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", state_every)  # with 2 one falls on the epoch's end
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    monkeypatch.setattr("pan.explaining.batches.IMAGES_PER_BATCH", 2)
    for event in train(tiny(), tmp_path / "broken", bundled, "cpu"):
        if isinstance(event, Validating) and 0 < event.done < event.total:
            break
    rest = list(resume(tmp_path / "broken", "cpu"))
    assert same(weights(whole.run), weights(tmp_path / "broken"))
    told = [event for event in whole.events if isinstance(event, Validating)]
    assert [event.done == event.total for event in told] == [False, False, True] * 3
    assert [event.epoch for event in rest if isinstance(event, Epoch)] == [1, 2, 3]
    assert [epoch.epoch for epoch in read_metrics(tmp_path / "broken")] == [1, 2, 3]


def test_the_probes_of_a_run_are_kept_over_a_break(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    for event in train(tiny(), run, bundled, "cpu"):
        if isinstance(event, Epoch):  # left before the probe itself is told
            break
    assert [probe.epoch for probe in read_probes(run, 3)] == [0, 1]
    events = list(resume(run, "cpu"))
    kept, told = read_probes(run, 3), [event for event in events if isinstance(event, Probe)]
    assert [probe.epoch for probe in kept] == [0, 1, 2, 3]
    assert (kept[-1].accumulated == told[-1].accumulated).all()


def test_resuming_a_finished_run_only_says_so(tiny, tmp_path, bundled):
    list(train(tiny(), tmp_path / "run", bundled, "cpu"))
    before = weights(tmp_path / "run")
    events = list(resume(tmp_path / "run", "cpu"))
    assert isinstance(events[-1], Finished)
    assert not any(isinstance(event, Step) for event in events)
    assert same(before, weights(tmp_path / "run"))


def _start(run, recipe):
    code = (
        "import sys, json; from pathlib import Path; from pan.recipes.recipe import Recipe;"
        "from pan.training.loop import train; from pan.data.sources import Sources;"
        "recipe = Recipe.from_json(json.loads(sys.argv[2]));"
        "[print(type(event).__name__, flush=True) for event in train(recipe, Path(sys.argv[1]), Sources(), 'cpu')]"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(run), json.dumps(recipe.to_json())],
                            stdout=subprocess.PIPE, text=True)


def test_a_killed_process_loses_nothing(whole, tiny, tmp_path):
    process = _start(tmp_path / "killed", tiny())
    for line in process.stdout:
        if line == "Epoch\n":
            break
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert isinstance(list(resume(tmp_path / "killed", "cpu"))[-1], Finished)
    assert same(weights(whole.run), weights(tmp_path / "killed"))


def test_unfinished_files_of_a_killed_run_are_removed(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    list(train(tiny("san"), run, bundled, "cpu"))
    before = {path.name for path in run.rglob("*")}
    killed = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    for suffix in (".safetensors", ".csv"):
        path = unfinished(run, suffix)
        path.with_name(path.name.replace(str(os.getpid()), killed.stdout.decode().strip())).write_bytes(b"half")
    list(resume(run, "cpu"))
    assert {path.name for path in run.rglob("*")} == before


def test_a_line_of_metrics_cut_short_is_written_anew(tiny, tmp_path, bundled):
    run = tmp_path / "run"
    for event in train(tiny(), run, bundled, "cpu"):
        if isinstance(event, Epoch):
            break
    with (run / METRICS).open("a") as file:
        file.write("2,3,0.1")
    list(resume(run, "cpu"))
    assert [epoch.epoch for epoch in read_metrics(run)] == [1, 2, 3]


def test_a_start_takes_over_the_weights_that_agree(tiny, tmp_path, bundled):
    list(train(tiny("san"), tmp_path / "san", bundled, "cpu"))
    events = train(tiny("pan", start=str(tmp_path / "san")), tmp_path / "pan", bundled, "cpu")
    started = next(event for event in events if isinstance(event, Started))
    taken, total = (int(word) for word in started.taken.split() if word.isdigit())
    assert 0 < taken < total


def test_a_reference_set_trains_a_network_of_its_own_words(tiny, tmp_path):
    from PIL import Image

    lines = ["image,query,answer,scale,mask"]
    for number in range(12):
        Image.new("RGB", (30, 30), (number * 20, 0, 0)).save(tmp_path / f"{number}.png")
        lines.append(f"{number}.png,lamp,{'bright' if number > 5 else 'dark'},,")
    (tmp_path / "index.csv").write_text("\n".join(lines) + "\n")
    list(train(tiny("han"), tmp_path / "run", Sources(data=tmp_path), "cpu"))
    assert load_checkpoint(str(tmp_path / "run")).task.answers == ("bright", "dark")


def test_a_place_that_a_run_does_not_read_may_be_gone_when_it_is_resumed(tiny, tmp_path, bundled):
    photographs = tmp_path / "photographs"
    photographs.mkdir()
    with closing(train(tiny("san"), tmp_path / "run", Sources(backgrounds=photographs), "cpu")) as events:
        next(event for event in events if isinstance(event, Epoch))
    photographs.rmdir()
    assert list(resume(tmp_path / "run", "cpu"))


def test_a_run_is_not_overwritten(tiny, tmp_path, bundled):
    list(train(tiny("san"), tmp_path / "run", bundled, "cpu"))
    with pytest.raises(InputError, match="holds a run already"):
        next(train(tiny("san"), tmp_path / "run", bundled, "cpu"))


def test_a_mistake_in_the_start_leaves_no_run_behind(tiny, tmp_path, bundled):
    with pytest.raises(InputError, match="no checkpoint"):
        next(train(tiny("san", start="mref/nothing"), tmp_path / "run", bundled, "cpu"))
    assert not (tmp_path / "run").exists()


def test_a_folder_that_is_no_run_cannot_be_resumed(tmp_path):
    with pytest.raises(InputError, match="no run that can be resumed"):
        next(resume(tmp_path, "cpu"))
    (tmp_path / RECIPE).write_text("[]")
    with pytest.raises(InputError, match="no run that can be resumed"):
        next(resume(tmp_path, "cpu"))


def test_a_damaged_state_is_named(tiny, tmp_path, bundled):
    list(train(tiny("san"), tmp_path / "run", bundled, "cpu"))
    (tmp_path / "run" / STATE).write_bytes(b"short")
    with pytest.raises(InputError, match=r"state\.safetensors"):
        list(resume(tmp_path / "run", "cpu"))


def test_an_unknown_device_is_refused(tiny, tmp_path, bundled):
    with pytest.raises(InputError, match="there is no device “tpu” here"):
        next(train(tiny("san"), tmp_path / "run", bundled, "tpu"))


def test_a_full_disk_is_one_sentence_and_the_weights_stay(tiny, tmp_path, bundled, monkeypatch):
    run = tmp_path / "run"
    training = train(tiny("san"), run, bundled, "cpu")
    for event in training:
        if isinstance(event, Saved):
            break
    before = weights(run)

    def full(*_, **__):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("pan.checkpoints.tensors.save_file", full)
    with pytest.raises(InputError, match="No space left on device; choose another place or make room"):
        list(training)
    assert same(before, weights(run))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")
def test_a_run_on_cuda_releases_the_device(tiny, tmp_path, bundled):
    list(train(tiny(), tmp_path / "run", bundled, "cuda"))
    torch._C._cuda_clearCublasWorkspaces()  # the library's own, kept for the next network
    assert torch.cuda.memory_allocated() == 0
