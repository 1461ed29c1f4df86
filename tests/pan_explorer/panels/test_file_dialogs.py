"""File dialogs that stop nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pan_explorer.panels import file_dialogs as dialogs
from pan_explorer.panels.composer.dialogs import choose_set
from pan_explorer.session.session import Session


def choose(owner: QWidget, path: Path) -> None:
    """As a person does in the open dialog."""
    dialog = owner.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_a_chosen_image_set_checkpoint_and_run_are_opened(
    owner: QWidget, begun: Session, qtbot, sample_sets: Path, checkpoints: dict[str, Path]
) -> None:
    image = sample_sets / "mbg" / "images" / "000001.png"
    dialogs.choose_image(owner, begun)
    choose(owner, image)
    qtbot.waitUntil(lambda: begun.state.picture.path == image)
    dialogs.choose_checkpoint(owner, begun)
    choose(owner, checkpoints["mbg/san"])
    qtbot.waitUntil(lambda: len(begun.state.models) == 4)
    dialogs.choose_run(owner, begun)
    with qtbot.waitSignal(begun.failed) as failed:
        choose(owner, sample_sets)
    assert "holds no trained weights" in failed.args[0]
    dialogs.choose_reference_set(owner, begun)
    choose(owner, sample_sets / "mdist")
    qtbot.waitUntil(lambda: begun.state.folder == sample_sets / "mdist")


@pytest.mark.parametrize("is_new", [True, False])
def test_scenes_are_saved_in_a_folder_of_any_name(owner: QWidget, tmp_path: Path, is_new: bool) -> None:
    chosen: list[Path] = []
    if not is_new:
        (tmp_path / "my scenes").mkdir()
    choose_set(owner, tmp_path / "earlier", chosen.append)
    dialog = owner.findChild(QFileDialog)
    name = dialog.findChild(QLineEdit)
    name.setText("my scenes")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert chosen == [tmp_path / "my scenes"]
    assert not dialog.isVisible()
