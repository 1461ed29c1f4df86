"""A command that is killed loses nothing that was there, and the same command does its work again in the same place."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest
from PIL import Image

KILLS = [2, pytest.param(20, marks=pytest.mark.slow)]


def begin(*arguments):
    command = [sys.executable, "-m", "pan", *map(str, arguments)]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=own)


def finish(*arguments):
    process = begin(*arguments)
    _, told = process.communicate()
    assert process.returncode == 0, told


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def killed(command, folder, kills, watch):
    """Run the command, kill it once it writes, and look at the folder, so many times; then let it end.

    Args:
        command: Its words.
        folder: What it writes into.
        kills: How many times.
        watch: What must hold of the folder after each kill.
    """
    draw = random.Random(0)
    for _ in range(kills):
        process = begin(*command)
        while process.poll() is None and not any(folder.rglob(".pan-*")):
            time.sleep(0.01)
        try:
            process.wait(draw.uniform(0, 0.3))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        watch()
    finish(*command)


@pytest.mark.parametrize("kills", KILLS)
@pytest.mark.parametrize("kind", ["mref", "vg-tiny"])
def test_a_build_is_made_again(kind, kills, tmp_path):
    words = ("data", "build", kind, "--split", "val", "--count", 60, "--seed", 1, "--out")
    finish(*words, tmp_path / "unbroken")
    folder = tmp_path / "killed"

    def watch():
        if (folder / "index.csv").exists():  # it was quicker than the kill
            assert contents(folder) == contents(tmp_path / "unbroken") or (folder / ".pan-building").exists()
            if not (folder / ".pan-building").exists():
                folder.rename(tmp_path / f"whole-{random.random()}")

    killed((*words, folder), folder, kills, watch)
    assert contents(folder) == contents(tmp_path / "unbroken")


@pytest.mark.slow
def test_a_figure_that_was_there_stays_whole(make_checkpoint, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    Image.new("RGB", (40, 30), "red").save(tmp_path / "x.png")
    command = ("explain", tmp_path / "x.png", "--query", "3", "--checkpoint", make_checkpoint(), "--dpi", 600,
               "--out", out / "figure.png", "--maps", out / "maps.npz")  # fmt: skip
    finish(*command)
    before = contents(out)

    def watch():
        now = contents(out)
        assert all(now[name] == data for name, data in before.items())

    killed(command, out, 20, watch)
    assert contents(out).keys() == before.keys()  # nothing is left beside
