"""Pictures in the session: opened, pasted or chosen, alone or as a set, and what is asked about them."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pan_explorer import settings
from pan_explorer.session.session import Session
from pan_explorer.values.view import WHOLE, Pointer, Viewport
from tests.pan_explorer.waiting import answered


def test_choosing_a_sample_without_the_queried_digit_asks_about_one_it_has(begun: Session, qtbot) -> None:
    other = begun.state.pictures[1]
    begun.ask(next(query for query in begun.state.queries if query not in other.truths))
    begun.strip.choose(other)
    assert begun.state.query in other.truths


def test_an_opened_image_is_shown_first_in_the_strip(begun: Session, qtbot, photograph: Path) -> None:
    begun.files.open(photograph)
    qtbot.waitUntil(lambda: begun.state.picture.path == photograph and answered(begun))
    assert begun.state.pictures[0] is begun.state.picture
    assert len(begun.state.pictures) == 5
    assert settings.recent_files() == (photograph,)
    assert all(pane.reading.rank is None for pane in begun.state.answers.panes)


def test_an_image_that_cannot_be_read_leaves_everything_as_it_was(begun: Session, qtbot, tmp_path: Path) -> None:
    before = begun.state
    (tmp_path / "broken.png").write_bytes(b"no image")
    with qtbot.waitSignal(begun.failed) as failed:
        begun.files.open(tmp_path / "broken.png")
    assert "broken.png" in failed.args[0]
    assert begun.state is before


def test_a_pasted_image_is_asked_about(begun: Session, qtbot, noise: np.ndarray) -> None:
    begun.files.paste(Image.fromarray(noise))
    qtbot.waitUntil(lambda: answered(begun))
    assert begun.state.answers.picture.name == "pasted image"


def test_a_reference_set_replaces_the_samples(begun: Session, qtbot, sample_sets: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_sets / "mbg", tmp_path / "own")
    begun.files.open(tmp_path / "own")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("own/"))
    assert [picture.name for picture in begun.state.pictures] == [f"own/{number:06d}.png" for number in range(4)]


def test_a_folder_without_index_is_refused_with_a_sentence(begun: Session, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(begun.failed) as failed:
        begun.files.open(tmp_path)
    assert "index.csv" in failed.args[0]


def test_choosing_another_image_resets_the_zoom(begun: Session) -> None:
    begun.view.set_viewport(Viewport(0.4, 0.4, 0.5))
    begun.view.set_pointer(Pointer(3, 4))
    begun.step_picture(1)
    assert begun.state.viewport == WHOLE


def test_a_set_with_words_of_its_own_brings_them_to_the_queries(begun: Session, qtbot, sample_sets, tmp_path) -> None:
    shutil.copytree(sample_sets / "mref", tmp_path / "own")
    index = tmp_path / "own" / "index.csv"
    rows = [row.split(",") for row in index.read_text().splitlines()]
    index.write_text("\n".join(",".join([row[0], f"number {row[1]}" if number else row[1], *row[2:]])
                               for number, row in enumerate(rows)) + "\n")
    begun.files.open(tmp_path / "own")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("own/") and answered(begun))
    assert all(query.startswith("number ") for query in begun.state.queries)
    assert "of another task" in begun.state.answers.panes[0].error
    begun.choose_task("mref")
    qtbot.waitUntil(lambda: begun.state.picture.name.startswith("mref/") and answered(begun))
    assert begun.state.queries == tuple("0123456789")
    assert begun.state.answers.panes[0].reading


def test_a_set_that_is_opened_from_its_own_folder_has_a_name_and_is_found_again(
    begun: Session, sample_sets: Path, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(sample_sets / "mbg", tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    with qtbot.waitSignal(begun.answering.pictures_read):
        begun.files.open(Path())  # as by `pan-explorer .`
    assert begun.state.picture.name == "own/000000.png"
    assert settings.recent_files() == (tmp_path / "own",)


def test_recent_files_of_a_drive_that_is_unplugged_are_kept(photograph: Path, tmp_path: Path) -> None:
    unplugged = tmp_path / "drive" / "far.png"
    settings.keep_recent_file(unplugged)
    settings.keep_recent_file(photograph)
    assert settings.recent_files() == (photograph, unplugged)
    settings.keep_recent_file(unplugged)
    assert settings.recent_files() == (unplugged, photograph)
