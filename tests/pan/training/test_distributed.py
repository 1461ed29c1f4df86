"""Processes that train together do what one process does, and one of them alone writes and tells."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from pan.checkpoints.file import LAST, load_checkpoint
from pan.data.sources import Sources
from pan.models.build import build_model
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan.training.distributed import ProcessGroup, first_process_first
from pan.training.events import Step
from pan.training.loop import resume, train
from pan.training.optimizer import build_optimizer
from pan.training.runs.folder import read_metrics
from pan.training.update import Batch, EagerUpdate
from tests.pan.conftest import labelled_recipe

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*tf32.*"),
    pytest.mark.skipif(not torch.distributed.is_gloo_available(), reason="torch was built without gloo"),
]


def start_together(*arguments, processes=2):
    """`pan train` as torchrun starts it, without torchrun's own seconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shared = {**os.environ, "WORLD_SIZE": str(processes), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port),
              "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo" if sys.platform == "linux" else "lo0"}  # fmt: skip
    command = [sys.executable, "-m", "pan", "train", *map(str, arguments), "--device", "cpu"]
    started = [
        subprocess.Popen(command, env={**shared, "RANK": str(rank), "LOCAL_RANK": str(rank)},
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for rank in range(processes)
    ]
    return [(*process.communicate(timeout=120), process.returncode) for process in started]


def settings(recipe):
    chosen = {name: value for name, value in recipe.to_json().items() if name not in ("kind", "model", "preset")}
    text = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in chosen.items()}
    return [f"{name}={value}" for name, value in text.items()]


def columns(run):
    with (run / "metrics.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [[float(row[name]) for name in ("loss", "accuracy", "validation_loss", "validation_accuracy")]
            + [float(share) for name in ("accuracy_by_layer", "tpr_by_layer") for share in row[name].split()]
            for row in rows]  # fmt: skip


def precisions(run):
    """PxAP of each epoch and layer: a ranking, in which pixels of untrained maps change places by rounding."""
    return [list(epoch.pxap_by_layer) for epoch in read_metrics(run)]


@pytest.mark.parametrize("model", ["pan-ctx", pytest.param("han", marks=pytest.mark.slow)])
def test_two_processes_reproduce_the_losses_of_one(model, tiny, tmp_path, bundled):
    recipe = tiny(model, questions=224)
    assert recipe.network.normalize
    list(train(recipe, tmp_path / "one", bundled, "cpu"))
    told = start_together(recipe.name, "--preset", recipe.preset, "--set", *settings(recipe), "--out", tmp_path / "two",
                          )  # fmt: skip
    assert [code for *_, code in told] == [0, 0], told
    one = [pytest.approx(row, rel=2e-4, abs=2e-4, nan_ok=True) for row in columns(tmp_path / "one")]
    assert columns(tmp_path / "two") == one
    assert precisions(tmp_path / "two") == [pytest.approx(row, abs=0.02) for row in precisions(tmp_path / "one")]
    one, two = (load_file(tmp_path / name / LAST) for name in ("one", "two"))
    assert one.keys() == two.keys()
    for name in set(one) - {"attention.score.bias"}:  # softmax takes it out: its gradient is rounding alone
        torch.testing.assert_close(two[name], one[name], atol=2e-3, rtol=2e-3, msg=name)
    (out, _, _), (silent, errors, _) = told
    assert len(out.splitlines()) == recipe.epochs + 1
    assert (silent, errors) == ("", "")
    assert load_checkpoint(str(tmp_path / "two")).recipe == recipe


@pytest.mark.slow
def test_processes_rank_the_questions_together(labelled_set, tmp_path):
    recipe = labelled_recipe("san", questions=16, epoch_questions=8, images_per_batch=2, questions_per_image=2)
    list(train(recipe, tmp_path / "one", Sources(data=labelled_set, validation=labelled_set), "cpu"))
    told = start_together(recipe.name, "--preset", recipe.preset, "--set", *settings(recipe), "--out", tmp_path / "two",
                          "--data", labelled_set, "--validation", labelled_set)  # fmt: skip
    assert [code for *_, code in told] == [0, 0], told
    one, two = ([epoch.mean_average_precision for epoch in read_metrics(tmp_path / name)] for name in ("one", "two"))
    assert len(one) == 2
    assert two == pytest.approx(one, abs=5e-3)  # rounding may change the order of two questions


@pytest.mark.slow
def test_a_run_begun_alone_goes_on_together(tiny, tmp_path, bundled, monkeypatch):
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", 3)
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    recipe = tiny()
    list(train(recipe, tmp_path / "one", bundled, "cpu"))
    for event in train(recipe, tmp_path / "two", bundled, "cpu"):
        if isinstance(event, Step) and event.step == 7:
            break
    told = start_together("--resume", tmp_path / "two")
    assert [code for *_, code in told] == [0, 0], told
    assert "continuing after step 6" in told[0][1]
    one = [pytest.approx(row, rel=2e-4, abs=2e-4, nan_ok=True) for row in columns(tmp_path / "one")]
    assert columns(tmp_path / "two") == one
    assert precisions(tmp_path / "two") == [pytest.approx(row, abs=0.02) for row in precisions(tmp_path / "one")]
    assert "Finished" in str(list(resume(tmp_path / "two", "cpu"))[-1])


@pytest.mark.slow
def test_batches_that_cannot_be_shared_are_refused_in_one_sentence(tiny, tmp_path):
    run = tmp_path / "run"
    told = start_together("mref/san", "--set", "images_per_batch=5", "--out", run)
    assert [code for *_, code in told] == [2, 2]
    assert told[0][1] == (
        "pan: 5 images a batch cannot be shared evenly by 2 processes; give another --nproc-per-node, "
        "or another number by --set images_per_batch.\n"
    )
    assert told[1][:2] == ("", "")
    assert not run.exists()


def test_one_device_is_not_given_to_several_processes(tmp_path, monkeypatch):
    from pan.training.distributed import joined

    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(InputError, match="auto, cuda or cpu"), joined("cuda:0"):
        pass


def test_parts_of_a_batch_are_the_batch():
    import numpy as np

    rows = np.arange(12).reshape(6, 2)
    parts = [ProcessGroup(rank, 3).part(rows) for rank in range(3)]
    assert np.array_equal(np.concatenate(parts), rows)


@pytest.mark.slow
def test_torchrun_trains_two_processes(tiny, tmp_path):
    chosen = settings(tiny("san", questions=112))
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2",
               "-m", "pan", "train", "mref/san", "--preset", "quick", "--device", "cpu",
               "--set", *chosen, "--out", str(tmp_path / "run")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "run" / "recipe.json").read_text())["recipe"]["model"] == "san"
    assert done.stdout.count("epoch 1/1") == 1


@pytest.mark.parametrize(("rank", "order"), [(0, ["prepared", "waited"]), (1, ["waited", "prepared"])])
def test_the_first_process_prepares_a_set_before_the_others(rank, order, monkeypatch):
    done = []
    monkeypatch.setattr("pan.training.distributed.process_group", lambda: ProcessGroup(rank, 2))
    monkeypatch.setattr("torch.distributed.barrier", lambda: done.append("waited"))
    with first_process_first():
        done.append("prepared")
    assert done == order


def test_gradients_are_reduced_once_a_step(tiny, monkeypatch):
    """Of a batch in three parts the first two leave their gradients in the process."""
    reduced = []

    class Together(nn.parallel.DistributedDataParallel):
        def __init__(self, network):
            nn.Module.__init__(self)
            self.network, self.reduces = network, True

        def forward(self, *given):
            reduced.append(self.reduces)
            return self.network(*given)

        @contextmanager
        def no_sync(self):
            self.reduces = False
            yield
            self.reduces = True

    recipe = tiny("san")
    network = Together(build_model(recipe, MNIST_REFERENCE))
    optimizer = build_optimizer(network.network, recipe, torch.device("cpu"))
    part = Batch(torch.zeros(1, 100, 100, 3, dtype=torch.uint8), torch.zeros(1, 2, dtype=torch.long),
                 torch.eye(5, dtype=torch.bool)[None, :2], torch.ones(1, 2, 5, dtype=torch.bool))  # fmt: skip
    update = EagerUpdate(network, optimizer, recipe, MNIST_REFERENCE, torch.float32, torch.zeros(()))
    update([part, part, part])
    assert reduced == [False, False, True]
