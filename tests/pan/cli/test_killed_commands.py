"""A command that is killed loses nothing that was there, and the same command does its work again in the same place."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from PIL import Image

from tests.pan.own_process import SHARED, Ended, OwnProcess, contents, die_at_move, hidden, untimed

KILLS = [3, pytest.param(20, marks=pytest.mark.slow)]
MOVES = (1, 2, 3, 10, 30)
"""At which of its moves a command is killed; few move more than three files, a report moves dozens."""
pytestmark = [pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"), SHARED]


class Killer:
    """Runs commands and kills them.

    Args:
        told: The file that takes what they say.
    """

    def __init__(self, told: Path) -> None:
        self._told, self._draw, self._took = told, random.Random(0), 0.0

    def finish(self, *words: object) -> None:
        """Run a command to its end, which tells how long it takes."""
        began = time.monotonic()
        ended = OwnProcess(words, self._told).end()
        assert ended.code == 0, ended.told
        self._took = time.monotonic() - began

    def kill(self, words: tuple[object, ...], folder: Path, kills: int, watch: Callable[[], None]) -> None:
        """Kill it so many times, then let it end.

        Args:
            words: The command.
            folder: Where it writes.
            kills: A third at any moment, a third while it writes, a third when it moves a file to its place.
            watch: Says what must hold after each.
        """
        done = 0
        for moment in cycle((self._at_any_moment, self._while_it_writes, self._at_a_move)):
            if done == kills:
                break
            ended = moment(words, folder)
            assert ended.code in (0, -signal.SIGKILL), ended.told
            done += ended.code != 0
            watch()
        self.finish(*words)
        assert hidden(folder) == []

    def _at_any_moment(self, words: tuple[object, ...], _: Path) -> Ended:
        return OwnProcess(words, self._told).kill_after(self._draw.uniform(0, self._took))

    def _while_it_writes(self, words: tuple[object, ...], folder: Path) -> Ended:
        process, before = OwnProcess(words, self._told), hidden(folder)
        process.wait_for(lambda: not set(hidden(folder)) <= set(before))
        return process.kill_after(self._draw.uniform(0, 0.2))

    def _at_a_move(self, words: tuple[object, ...], _: Path) -> Ended:
        return OwnProcess(words, self._told, before=partial(die_at_move, self._draw.choice(MOVES))).end()


@pytest.fixture
def killer(tmp_path):
    return Killer(tmp_path / "told.txt")


@pytest.mark.parametrize("kills", KILLS)
@pytest.mark.parametrize("kind", ["mref", "vg-tiny"])
def test_a_build_is_made_again(kind, kills, killer, tmp_path):
    words = ("data", "build", kind, "--split", "val", "--count", 10 * kills, "--seed", 1, "--out")
    killer.finish(*words, tmp_path / "unbroken")
    folder, whole = tmp_path / "killed", contents(tmp_path / "unbroken")

    def watch():
        if (folder / "index.csv").exists() and not (folder / ".pan-building").exists():  # it was quicker than the kill
            assert untimed(folder) == whole
            folder.rename(tmp_path / f"whole-{len(list(tmp_path.iterdir()))}")

    killer.kill((*words, folder), folder, kills, watch)
    assert contents(folder) == whole


def stays(folder):
    """What is in a folder now must be there after each kill, whatever else is."""
    before = contents(folder)

    def watch():
        now = contents(folder)
        assert all(now[name] == data for name, data in before.items())
    return watch


@pytest.mark.parametrize("kills", KILLS)
def test_a_figure_that_was_there_stays_whole(kills, killer, make_checkpoint, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    Image.new("RGB", (40, 30), "red").save(tmp_path / "x.png")
    words = ("explain", tmp_path / "x.png", "--query", "3", "--checkpoint", make_checkpoint(), "--dpi", 300,
             "--out", out / "figure.png", "--maps", out / "maps.npz")  # fmt: skip
    killer.finish(*words)
    names = contents(out).keys()
    killer.kill(words, out, kills, stays(out))
    assert contents(out).keys() == names


@pytest.mark.parametrize("kills", KILLS)
def test_numbers_that_were_there_stay_whole(kills, killer, make_checkpoint, tmp_path):
    data, out = tmp_path / "set", tmp_path / "out"
    out.mkdir()
    killer.finish("data", "build", "mref", "--split", "test", "--count", 10 * kills, "--seed", 1, "--out", data)
    words = ("evaluate", make_checkpoint("san"), "--data", data, "--predictions", out / "p.csv")
    killer.finish(*words)
    killer.kill(words, out, kills, stays(out))
    assert list(contents(out)) == ["p.csv"]


@pytest.mark.slow
@pytest.mark.parametrize("kills", [20])
def test_a_report_that_was_there_stays_whole_and_is_one_report(kills, killer, make_checkpoint, tmp_path):
    out = tmp_path / "report"
    words = ("report", "--out", out, "--count", 2, "--html", make_checkpoint("san"))
    killer.finish(*words)
    whole = untimed(out)

    def watch():
        assert untimed(out) == whole

    killer.kill(words, out, kills, watch)
    assert untimed(out) == whole
