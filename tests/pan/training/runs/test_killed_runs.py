"""Runs that the system kills without a warning, again and again, at moments that nobody chose."""

from __future__ import annotations

import os
import random
import signal
from functools import partial

import pytest
from safetensors.torch import load_file

import pan.checkpoints.tensors
from pan.checkpoints.file import BEST, LAST
from pan.training.loop import train
from pan.training.runs.folder import METRICS
from tests.pan.own_process import SHARED, OwnProcess, die_after, hidden

KILLS = [(3, 2), pytest.param(200, 8, marks=pytest.mark.slow)]
LONGEST = 2.0  # seconds of the processor until a kill: steps enough for two states
EPOCH = 28 * 60  # questions of 60 steps: states are written at step 50 and at the end
pytestmark = [pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"), SHARED]


def die_in_write(number):
    """Let this process be killed in the middle of the tensors that it writes as its so many-th."""
    left, save_file = number, pan.checkpoints.tensors.save_file

    def dying(tensors, path, metadata):
        nonlocal left
        left -= 1
        save_file(tensors, path, metadata=metadata)
        if not left:
            os.truncate(path, path.stat().st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    pan.checkpoints.tensors.save_file = dying


def kill_once(run, told, draw):
    """Resume the run and kill it, one time of four in the middle of a file; whether it was killed before its end."""
    if draw.random() < 0.25:
        moment = partial(die_in_write, draw.randint(1, 4))
    else:
        moment = partial(die_after, draw.uniform(0, LONGEST))
    ended = OwnProcess(("train", "--resume", run, "--device", "cpu"), told, before=moment).end()
    assert ended.code in (0, -signal.SIGKILL), ended.told
    return ended.code != 0


def weights_and_numbers(run):
    """What a run is for, byte for byte; of its numbers all but the seconds."""
    weights = [{key: tensor.numpy().tobytes() for key, tensor in load_file(run / name).items()}
               for name in (BEST, LAST)]  # fmt: skip
    numbers = [line.split(",") for line in (run / METRICS).read_text().splitlines()]
    timed = numbers[0].index("seconds")
    return weights, [line[:timed] + line[timed + 1 :] for line in numbers]


@pytest.mark.parametrize(("kills", "epochs"), KILLS)
@pytest.mark.filterwarnings("ignore:.*tf32.*")
def test_runs_that_are_killed_end_as_the_unbroken_one(kills, epochs, tiny, tmp_path, bundled):
    recipe = tiny(questions=epochs * EPOCH, epoch_questions=EPOCH)
    list(train(recipe, tmp_path / "whole", bundled, "cpu"))
    whole = weights_and_numbers(tmp_path / "whole")
    draw, done, runs = random.Random(0), 0, 0
    while done < kills:
        runs += 1
        run = tmp_path / f"killed-{runs}"
        next(train(recipe, run, bundled, "cpu"))
        goes_on = True
        while goes_on and done < kills:
            goes_on = kill_once(run, tmp_path / "told.txt", draw)
            done += goes_on
        OwnProcess(("train", "--resume", run, "--device", "cpu"), tmp_path / "told.txt").end()
        assert weights_and_numbers(run) == whole
        assert hidden(run) == []
    print(f"{done} kills of {runs} runs")  # noqa: T201 - the numbers of docs/reliability.md


def test_a_run_in_training_is_left_to_its_process(tiny, tmp_path, bundled):
    recipe = tiny(questions=EPOCH, epoch_questions=EPOCH)
    list(train(recipe, tmp_path / "whole", bundled, "cpu"))
    run = tmp_path / "run"
    next(train(recipe, run, bundled, "cpu"))
    resume = ("train", "--resume", run, "--device", "cpu")
    first = OwnProcess(resume, tmp_path / "first.txt")
    first.wait_for(lambda: first.has_said("run:"))
    first.tell(signal.SIGSTOP)
    second = OwnProcess(resume, tmp_path / "second.txt").end()
    first.tell(signal.SIGCONT)
    assert second.code == 2
    assert "is in use by process" in second.told
    assert first.end().code == 0
    assert weights_and_numbers(run) == weights_and_numbers(tmp_path / "whole")
