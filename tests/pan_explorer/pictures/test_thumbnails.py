"""Thumbnails read in a thread of their own."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan_explorer.pictures.thumbnails import MOST_WAITING, SIDE, Thumbnails


@pytest.fixture
def collected_between_tests() -> None:
    """These tests are about Python's own collecting, too."""


@pytest.fixture
def thumbnails(qapp) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails()
    yield thumbnails
    assert thumbnails.close(30_000)
    thumbnails.deleteLater()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.png" for number in range(2 * MOST_WAITING)]
    for number, path in enumerate(paths):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(path)
    return paths


def test_a_thumbnail_is_there_a_little_later(thumbnails: Thumbnails, files: list[Path], qtbot) -> None:
    assert thumbnails.get(files[9]) is None
    qtbot.waitUntil(lambda: thumbnails.get(files[9]) is not None)
    assert thumbnails.get(files[9])[50, 50].tolist() == [9, 0, 0]
    qtbot.waitUntil(gc.isenabled)


def test_thumbnails_that_have_scrolled_out_of_view_are_not_read(
    thumbnails: Thumbnails, files: list[Path], qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails._worker, "start", lambda priority: None)
    for path in files:
        thumbnails.get(path)
    monkeypatch.undo()
    thumbnails.get(files[-1])
    thumbnails._worker.start()
    qtbot.waitUntil(lambda: len(thumbnails._kept) == MOST_WAITING)
    assert list(thumbnails._kept) == files[: -MOST_WAITING - 1 : -1]


def test_a_file_that_is_no_image_has_none(thumbnails: Thumbnails, tmp_path: Path, qtbot) -> None:
    (tmp_path / "broken.png").write_bytes(b"no image")
    with qtbot.waitSignal(thumbnails.thumbnail_ready):
        thumbnails.get(tmp_path / "broken.png")
    assert thumbnails.get(tmp_path / "broken.png") is None


def test_a_set_that_is_opened_again_is_read_again(thumbnails: Thumbnails, files: list[Path], qtbot) -> None:
    thumbnails.get(files[3])
    qtbot.waitUntil(lambda: thumbnails.get(files[3]) is not None)
    Image.new("RGB", (8, 8), (0, 250, 0)).save(files[3])
    thumbnails.forget()
    thumbnails.get(files[3])
    qtbot.waitUntil(lambda: thumbnails.get(files[3]) is not None)
    assert thumbnails.get(files[3])[50, 50].tolist() == [0, 250, 0]


def test_a_finer_screen_has_finer_thumbnails(thumbnails: Thumbnails, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "fine.png"
    Image.fromarray(np.tile(np.array([[0, 255]], np.uint8), (200, 100))).save(path)  # a line a pixel
    thumbnails.get(path)
    qtbot.waitUntil(lambda: thumbnails.get(path) is not None)
    assert thumbnails.get(path).shape == (SIDE, SIDE, 3)
    with qtbot.waitSignal(thumbnails.thumbnail_ready):
        thumbnails.read_for(2.0)
    thumbnails.get(path)
    qtbot.waitUntil(lambda: thumbnails.get(path) is not None)
    fine = thumbnails.get(path)
    assert fine.shape == (2 * SIDE, 2 * SIDE, 3)
    assert int(fine.max()) - int(fine.min()) == 255, "each line is seen"


def test_a_thumbnail_of_another_screen_is_not_kept(thumbnails: Thumbnails, files: list[Path]) -> None:
    thumbnails.read_for(2.0)
    for side in (SIDE, 2 * SIDE):
        thumbnails._take((files[side // SIDE], side), np.zeros((side, side, 3), np.uint8))
    assert list(thumbnails._kept) == [files[2]]
