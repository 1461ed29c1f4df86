"""Networks are kept as long as their files stay the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pan.data.composer.variations import random_composition
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError
from pan_explorer.answering.reader import SPARE, Reader
from pan_explorer.session.session import Session
from pan_explorer.state.composer import Composed


@pytest.fixture
def file(tmp_path: Path, checkpoints: dict[str, Path]) -> Path:
    """A checkpoint of its own."""
    return Path(shutil.copy(checkpoints["mref/san"], tmp_path / "own.safetensors"))


def test_a_network_that_is_loaded_is_not_looked_for_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    loaded = reader.load(str(file))
    looked_for = "pan_explorer.answering.reader.find_checkpoint"
    monkeypatch.setattr(looked_for, lambda name: pytest.fail(f"{name} is looked for"))
    assert reader.load(str(file)) is loaded


def test_a_network_is_loaded_anew_when_its_file_was_written_anew(file: Path) -> None:
    reader = Reader()
    loaded = reader.load(str(file))
    os.utime(file, ns=(0, 0))
    assert reader.load(str(file)) is not loaded


def test_a_picture_is_looked_at_once_however_often_it_is_asked_about(file: Path) -> None:
    reader, looks = Reader(), []
    reader.load(str(file)).model.stages[0].register_forward_hook(lambda *_: looks.append(1))
    first, second = (Composed.of(random_composition("mref", seed), MNIST_REFERENCE.queries).picture
                     for seed in range(2))
    for picture, query, count in ((first, "3", 1), (first, "4", 1), (second, "4", 2), (first, "3", 3)):
        reader.read(picture, query, (str(file),), {}, lambda: True)
        assert len(looks) == count


def test_a_network_whose_file_is_gone_is_missed(file: Path) -> None:
    reader = Reader()
    reader.load(str(file))
    file.unlink()
    with pytest.raises(InputError, match="there is no checkpoint"):
        reader.load(str(file))


def test_networks_that_are_no_longer_compared_are_freed(checkpoints: dict[str, Path], tmp_path: Path) -> None:
    reader, picture = Reader(), Composed.of(random_composition("mref", 1), MNIST_REFERENCE.queries).picture
    files = [str(shutil.copy(checkpoints["mref/san"], tmp_path / f"{number}.safetensors")) for number in range(12)]
    reader.read(picture, "3", tuple(files), {}, lambda: True)
    assert len(reader._loaded) == 12
    reader.read(picture, "3", (files[0],), {}, lambda: True)
    assert len(reader._loaded) == 1 + SPARE
    assert files[0] in reader._loaded


def test_the_window_loads_each_network_once(begun: Session, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pan_explorer.answering.reader.load_checkpoint",
                        lambda name: pytest.fail(f"{name} is loaded again"))
    begun.pages.show("compose")
    qtbot.waitUntil(lambda: begun.composer.state.answers is not None and begun.composer.state.sweep_holds,
                    timeout=30_000)
    assert all(pane.reading is not None for pane in begun.composer.state.answers.panes)
