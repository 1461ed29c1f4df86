"""Runs that the system kills without a warning, again and again, at moments that nobody chose."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest
import torch

from pan.checkpoints.file import BEST, LAST
from pan.checkpoints.tensors import read_tensors
from pan.training.loop import train
from pan.training.runs.folder import read_metrics

MOMENTS, IN_WRITES = 14, 6

DYING = """
import os, signal, sys
import pan.checkpoints.tensors
left, save_file = int(sys.argv[1]), pan.checkpoints.tensors.save_file
def dying(tensors, path, metadata):
    global left
    left -= 1
    save_file(tensors, path, metadata=metadata)
    if not left:
        os.truncate(path, os.path.getsize(path) // 2)
        os.kill(os.getpid(), signal.SIGKILL)
pan.checkpoints.tensors.save_file = dying
from pan.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""`pan` that is killed in the middle of the file that is to be its so many-th."""


def begin(run, *options):
    command = [sys.executable, *options, "train", "--resume", str(run), "--device", "cpu"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def kill_after(run, seconds):
    """Resume the run and kill it so many seconds after it trains."""
    with begin(run, "-m", "pan") as process:
        for line in process.stderr:
            if line.startswith("run:"):
                break
        time.sleep(seconds)
        process.kill()
    return process.returncode


def kill_in_write(run, write):
    """Resume the run and kill it while it writes its so many-th file since."""
    with begin(run, "-c", DYING, str(write)) as process:
        process.communicate()
    return process.returncode


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*tf32.*")
def test_a_run_killed_at_twenty_random_moments_ends_as_the_unbroken_one(tiny, tmp_path, bundled):
    recipe = tiny(questions=28 * 120 * 16, epoch_questions=28 * 120)  # states at steps 50, 100 and 120 of each epoch
    list(train(recipe, tmp_path / "whole", bundled, "cpu"))
    killed = tmp_path / "killed"
    next(train(recipe, killed, bundled, "cpu"))
    moments = random.Random(0)
    kills = [(kill_after, moments.uniform(0, 1)) for _ in range(MOMENTS)]
    kills += [(kill_in_write, moments.randint(1, 6)) for _ in range(IN_WRITES)]
    moments.shuffle(kills)
    for kill, when in kills:
        assert kill(killed, when) == -signal.SIGKILL
    with begin(killed, "-m", "pan") as process:
        process.communicate()
    assert process.returncode == 0
    for name in (BEST, LAST):
        whole, broken = (read_tensors(tmp_path / run / name)[0] for run in ("whole", "killed"))
        assert whole.keys() == broken.keys()
        assert all(torch.equal(whole[key], broken[key]) for key in whole)
    assert not list(killed.glob(".*"))  # what was cut short is cleared away
    assert [epoch.validation_loss for epoch in read_metrics(killed)] == [
        epoch.validation_loss for epoch in read_metrics(tmp_path / "whole")
    ]
