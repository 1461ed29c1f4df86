"""Networks are kept as long as their files stay the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pan.system.errors import InputError
from pan_explorer.answering.reader import Reader


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


def test_a_network_whose_file_is_gone_is_missed(file: Path) -> None:
    reader = Reader()
    reader.load(str(file))
    file.unlink()
    with pytest.raises(InputError, match="there is no checkpoint"):
        reader.load(str(file))
