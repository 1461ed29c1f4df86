"""The networks at hand: what is listed, and that no file is lost or written over."""

from __future__ import annotations

import os

import pytest

from pan.checkpoints.file import load_checkpoint
from pan.checkpoints.library import export, import_checkpoint, list_entries, rename
from pan.data.sources import Sources
from pan.system.errors import InputError
from pan.system.lock import in_use
from pan.training.loop import train
from pan.training.runs.folder import RECIPE, create_run
from pan.training.runs.known import remember_run


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    for module in ("pan.checkpoints.file", "pan.checkpoints.library"):
        monkeypatch.setattr(f"{module}.checkpoints_folder", lambda: tmp_path / "home" / "checkpoints")
    monkeypatch.setattr("pan.training.runs.known.runs_folder", lambda: tmp_path / "home" / "runs")
    monkeypatch.setattr("pan.checkpoints.library.shipped_checkpoints", dict)
    return tmp_path / "home"


@pytest.fixture
def run(own_folders, tiny, bundled):
    """A finished run."""
    folder = own_folders / "runs" / "one"
    list(train(tiny("san", seed=3), folder, bundled, "cpu"))
    return folder


def test_a_run_is_listed_with_its_metrics_size_recipe_and_data(run, tiny, bundled):
    (entry,) = list_entries()
    assert (entry.title, entry.origin, entry.recipe) == ("one", "run", tiny("san", seed=3))
    assert entry.sources == bundled
    assert 0 <= entry.metrics["validation"]["accuracy"] <= 1
    assert entry.size == sum(path.stat().st_size for path in run.rglob("*") if path.is_file())
    assert entry.trained
    assert load_checkpoint(entry.name).recipe == entry.recipe


def test_the_newest_run_comes_first(own_folders, tiny):
    for number, name in enumerate(("old", "new", "oldest")):
        create_run(own_folders / "runs" / name, tiny(), Sources())
        changed = (2_000, 3_000, 1_000)[number]
        os.utime(own_folders / "runs" / name / RECIPE, (changed, changed))
    assert [entry.title for entry in list_entries()] == ["new", "old", "oldest"]


def test_a_run_that_is_being_trained_keeps_its_name(own_folders, tiny):
    create_run(own_folders / "runs" / "one", tiny(), Sources())
    (entry,) = list_entries()
    with in_use(entry.path), pytest.raises(InputError, match="is being trained"):
        rename(entry, "another")
    assert entry.path.is_dir()


def test_a_run_without_weights_is_listed_as_untrained(own_folders, tiny):
    create_run(own_folders / "runs" / "young", tiny("san"), Sources())
    (entry,) = list_entries()
    assert not entry.trained
    with pytest.raises(InputError, match="no trained weights"):
        export(entry, own_folders / "copy.safetensors")


def test_what_is_imported_can_be_used_by_its_name(run, own_folders):
    assert import_checkpoint(run) == "one"
    assert import_checkpoint(run) == "one-2"
    assert import_checkpoint(own_folders / "checkpoints" / "one.safetensors", "mine") == "mine"
    assert [entry.name for entry in list_entries() if entry.origin == "imported"] == ["mine", "one", "one-2"]
    assert load_checkpoint("mine").recipe.seed == 3


def test_what_cannot_be_used_is_not_imported(own_folders, make_checkpoint):
    path = make_checkpoint("san")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputError, match="truncated"):
        import_checkpoint(path)
    assert not (own_folders / "checkpoints").exists()


def test_a_checkpoint_and_a_run_get_another_name(run, own_folders):
    import_checkpoint(run)
    imported, trained = list_entries()
    assert rename(imported, "first") == "first"
    assert rename(trained, "second") == str(own_folders / "runs" / "second")
    assert [entry.title for entry in list_entries()] == ["first", "second"]


def test_a_run_elsewhere_is_found_by_its_new_name(own_folders, tiny, tmp_path):
    create_run(tmp_path / "elsewhere" / "one", tiny(), Sources())
    remember_run(tmp_path / "elsewhere" / "one")
    (entry,) = list_entries()
    rename(entry, "two")
    assert [entry.title for entry in list_entries()] == ["two"]


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", ".hidden", "a\\b", "what?", "x.safetensors", " x", "x\n"])
def test_what_is_no_name_is_refused(name, run):
    (entry,) = list_entries()
    with pytest.raises(InputError, match="is not a valid name"):
        rename(entry, name)
    assert run.exists()


def test_a_name_that_is_taken_is_refused_and_nothing_is_written_over(run, own_folders):
    import_checkpoint(run, "one")
    import_checkpoint(run, "two")
    before = (own_folders / "checkpoints" / "two.safetensors").read_bytes()
    with pytest.raises(InputError, match="there is a “two” already"):
        rename(list_entries()[0], "two")
    with pytest.raises(InputError, match="there is a “two” already"):
        import_checkpoint(run, "two")
    assert (own_folders / "checkpoints" / "two.safetensors").read_bytes() == before
    assert (own_folders / "checkpoints" / "one.safetensors").exists()


def test_what_comes_with_the_program_keeps_its_name(make_checkpoint, monkeypatch):
    path = make_checkpoint("san")
    monkeypatch.setattr("pan.checkpoints.library.shipped_checkpoints", lambda: {"mref/san": path})
    (entry,) = list_entries()
    with pytest.raises(InputError, match="comes with the program"):
        rename(entry, "mine")
    assert path.exists()


def test_an_export_is_the_same_network(run, tmp_path):
    (entry,) = list_entries()
    export(entry, tmp_path / "copy.safetensors")
    assert (tmp_path / "copy.safetensors").read_bytes() == (run / "best.safetensors").read_bytes()


def test_an_export_onto_a_full_disk_is_one_sentence_and_leaves_what_was_there(run, tmp_path, monkeypatch):
    (entry,) = list_entries()
    target = tmp_path / "copy.safetensors"
    target.write_bytes(b"precious")

    def full(*_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(InputError, match="No space left on device"):
        export(entry, target)
    assert target.read_bytes() == b"precious"


def test_a_file_that_is_no_checkpoint_is_left_out_of_the_list(own_folders):
    (own_folders / "checkpoints").mkdir(parents=True)
    (own_folders / "checkpoints" / "torn.safetensors").write_bytes(b"no")
    (own_folders / "runs" / "odd").mkdir(parents=True)
    (own_folders / "runs" / "odd" / "recipe.json").write_text("{")
    assert list_entries() == ()
