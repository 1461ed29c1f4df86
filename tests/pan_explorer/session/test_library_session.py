"""The networks at hand in the window: each verb ends in a new list, and what is compared follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pan.checkpoints.library import list_entries
from pan_explorer.session.library import LibrarySession
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState
from tests.pan_explorer.fake_training import RECIPE


@pytest.fixture
def training(qtbot) -> Iterator[TrainingSession]:
    training = TrainingSession()
    yield training
    training.deleteLater()


@pytest.fixture
def library(qtbot, training, checkpoints, monkeypatch) -> Iterator[LibrarySession]:
    monkeypatch.setattr("pan.checkpoints.library.shipped_checkpoints", lambda: {"mref/san": checkpoints["mref/san"]})
    library = LibrarySession(training)
    yield library
    assert library.close(30_000)
    library.deleteLater()


@pytest.fixture
def settled(qtbot, library):
    """Wait until everything that was asked for is done."""
    return lambda: qtbot.waitUntil(lambda: not library.is_busy(), timeout=30_000)


def titles(library: LibrarySession) -> list[str]:
    return [f"{entry.origin} {entry.title}" for entry in library.entries]


def test_everything_at_hand_is_listed(library, run, settled) -> None:
    assert library.entries is None
    library.look_up()
    settled()
    assert titles(library) == ["shipped mref/san", "run a-run"]


def test_a_file_and_a_run_are_imported_and_told(library, run, checkpoints, settled) -> None:
    names, said = [], []
    library.imported.connect(names.append)
    library.succeeded.connect(said.append)
    library.import_network(checkpoints["mref/han"])
    library.import_network(run)
    settled()
    assert names == ["han", "a-run"]
    assert said == ["Imported as han", "Imported as a-run"]
    assert titles(library) == ["shipped mref/san", "imported a-run", "imported han", "run a-run"]


def test_a_file_that_is_no_checkpoint_is_refused_in_a_sentence(library, tmp_path, settled) -> None:
    said = []
    library.failed.connect(said.append)
    (tmp_path / "notes.safetensors").write_text("mine")
    library.import_network(tmp_path / "notes.safetensors")
    settled()
    assert "truncated or of another format" in said[0]


def test_a_new_name_is_told_with_the_old_one(library, run, settled) -> None:
    moves = []
    library.moved.connect(lambda old, new: moves.append((old, new)))
    library.rename(list_entries()[-1], "better")
    settled()
    assert moves == [(str(run), str(run.with_name("better")))]
    assert titles(library)[-1] == "run better"


def test_an_invalid_name_is_replaced_by_the_old_one(library, run, settled) -> None:
    said, lists = [], []
    library.failed.connect(said.append)
    library.entries_changed.connect(lists.append)
    library.rename(list_entries()[-1], "a/b")
    settled()
    assert "is not a valid name" in said[0]
    assert lists[0][-1].title == "a-run"


def test_deleted_networks_are_moved_to_the_bin(library, run, own_home, settled) -> None:
    moves = []
    library.moved.connect(lambda old, new: moves.append((old, new)))
    library.import_network(run)
    settled()
    library.delete(library.entries[1:])
    settled()
    assert titles(library) == ["shipped mref/san"]
    assert not run.exists()
    assert {new for _, new in moves} == {""}
    assert len(list(own_home.rglob("Trash/files/a-run*/best.safetensors"))) == 1


def test_a_network_that_cannot_be_moved_to_the_bin_is_kept(library, run, settled, monkeypatch) -> None:
    said = []
    library.failed.connect(said.append)
    monkeypatch.setattr("pan_explorer.session.library._move_to_bin", lambda path: False)
    library.delete(list_entries()[-1:])
    settled()
    assert "stays where it is" in said[0]
    assert run.exists()


def test_shipped_networks_cannot_be_deleted(library, checkpoints, settled) -> None:
    said = []
    library.failed.connect(said.append)
    library.delete(list_entries()[:1])
    settled()
    assert "comes with the program" in said[0]
    assert checkpoints["mref/san"].exists()


def test_a_run_that_trains_is_left_alone(library, training, run, settled, monkeypatch) -> None:
    said = []
    library.failed.connect(said.append)
    monkeypatch.setattr(training, "is_running", lambda: True)
    monkeypatch.setattr(training, "_state", replace(TrainingState("training", RECIPE), run=run))
    library.delete(list_entries()[-1:])
    library.rename(list_entries()[-1], "other")
    settled()
    assert said == ["a-run is being trained; stop it first."] * 2
    assert run.exists()


def test_a_copy_is_exported(library, run, tmp_path, settled) -> None:
    library.export(list_entries()[-1], tmp_path / "copy.safetensors")
    settled()
    assert (tmp_path / "copy.safetensors").read_bytes() == (run / "best.safetensors").read_bytes()


def test_a_compared_network_is_renamed_and_removed_with_its_file(begun, run, qtbot) -> None:
    def names() -> list[str]:
        return [model.name for model in begun.state.models]

    begun.comparison.add(str(run))
    qtbot.waitUntil(lambda: str(run) in names(), timeout=30_000)
    begun.library.rename(list_entries()[-1], "better")
    renamed = str(run.with_name("better"))
    qtbot.waitUntil(lambda: renamed in names() and not begun.library.is_busy(), timeout=30_000)
    assert len(names()) == 4
    begun.library.delete(list_entries()[-1:])
    qtbot.waitUntil(lambda: renamed not in names() and not begun.library.is_busy(), timeout=30_000)


def test_a_run_that_is_begun_before_its_turn_to_be_renamed_keeps_its_name(
    library, training, run, settled, monkeypatch
) -> None:
    library.look_up()
    settled()
    said: list[str] = []
    library.failed.connect(said.append)
    (entry,) = [each for each in library.entries if each.origin == "run"]
    answers = iter([False])  # when it is asked for; later it is in training
    monkeypatch.setattr(training, "holds", lambda path: next(answers, True))
    library.rename(entry, "another")
    settled()
    assert said == ["a-run is being trained; stop it first."]
    assert run.is_dir()
