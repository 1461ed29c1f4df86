"""Checkpoints: one file that says all about itself, and a sentence for every file that is something else."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
import torch
from safetensors.torch import save_file

from pan.checkpoints.file import (
    find_checkpoint,
    imported_checkpoints,
    load_checkpoint,
    read_header,
    save_checkpoint,
    shipped_checkpoints,
    take_weights,
)
from pan.checkpoints.tensors import write_tensors
from pan.models.build import build_model
from pan.recipes.digits import MODELS
from pan.recipes.task import MNIST_REFERENCE
from pan.system.errors import InputError


@pytest.mark.parametrize("model", MODELS)
def test_a_network_answers_alike_before_and_after_the_file(model, tiny, tmp_path):
    recipe = tiny(model)
    network = build_model(recipe, MNIST_REFERENCE).eval()
    save_checkpoint(tmp_path / "c.safetensors", network, recipe, MNIST_REFERENCE, {"test": {"accuracy": 0.5}})
    loaded = load_checkpoint(str(tmp_path / "c.safetensors"))
    assert (loaded.recipe, loaded.task, loaded.metrics) == (recipe, MNIST_REFERENCE, {"test": {"accuracy": 0.5}})
    inputs = torch.rand(1, 3, 100, 100), torch.eye(10)[None]
    assert torch.equal(network(*inputs).log_probabilities, loaded.model(*inputs).log_probabilities)


def test_weights_of_another_shape_are_not_taken(make_checkpoint, tiny):
    start = load_checkpoint(str(make_checkpoint("san")))
    wider = build_model(tiny("san", hidden=2 * start.recipe.network.hidden), MNIST_REFERENCE)
    taken, own = take_weights(wider, start)
    theirs = start.model.state_dict()
    same = [name for name, tensor in wider.state_dict().items() if tensor.shape == theirs[name].shape]
    assert 0 < taken == len(same) < own
    assert all(torch.equal(wider.state_dict()[name], theirs[name]) for name in same)


def test_writing_a_checkpoint_leaves_no_temporary_file(make_checkpoint):
    path = make_checkpoint()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("keep", [0, 5, 100, -1])
def test_a_checkpoint_cut_short_is_refused(keep, make_checkpoint):
    path = make_checkpoint()
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(InputError, match="truncated or of another format"):
        load_checkpoint(str(path))


def test_a_file_among_the_users_own_checkpoints_is_known_by_its_name(make_checkpoint, monkeypatch):
    path = make_checkpoint("san")
    monkeypatch.setattr("pan.checkpoints.file.checkpoints_folder", lambda: path.parent)
    (path.parent / ".san-x1.safetensors").write_bytes(b"half of one that is being written")
    assert imported_checkpoints() == {"san": path}
    assert find_checkpoint("san") == path
    assert load_checkpoint("san").recipe.model == "san"
    with pytest.raises(InputError, match=r"there is no checkpoint “han”.*, san\."):
        find_checkpoint("han")


def test_the_header_is_read_without_the_weights(make_checkpoint, monkeypatch):
    path = make_checkpoint("san")
    monkeypatch.setattr("pan.checkpoints.tensors.TensorFile.read", None)
    assert read_header(path).recipe.model == "san"


def test_something_pickled_is_not_loaded(tmp_path):
    path = tmp_path / "evil.safetensors"
    path.write_bytes(pickle.dumps({"weights": [1, 2, 3]}))
    with pytest.raises(InputError, match="another format"):
        load_checkpoint(str(path))


def test_another_programs_tensors_are_refused(tmp_path):
    write_tensors(tmp_path / "other.safetensors", {"a": torch.zeros(2)}, {"format": "something"})
    with pytest.raises(InputError, match=r"not a checkpoint of PAN Explorer"):
        load_checkpoint(str(tmp_path / "other.safetensors"))


def test_weights_of_another_network_are_refused(tmp_path, tiny):
    network = build_model(tiny("san"), MNIST_REFERENCE)
    save_checkpoint(tmp_path / "c.safetensors", network, tiny("pan"), MNIST_REFERENCE, {})
    with pytest.raises(InputError, match="another network"):
        load_checkpoint(str(tmp_path / "c.safetensors"))


def test_a_header_without_its_recipe_is_refused(tmp_path):
    write_tensors(tmp_path / "c.safetensors", {"a": torch.zeros(2)}, {"format": "pan-checkpoint-1"})
    with pytest.raises(InputError, match="header"):
        load_checkpoint(str(tmp_path / "c.safetensors"))


@pytest.mark.parametrize("name", ["mref/nothing", "no.safetensors"])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(InputError, match="there is no checkpoint"):
        find_checkpoint(name)


def test_a_folder_without_weights_is_no_run(tmp_path):
    with pytest.raises(InputError, match="holds no trained weights"):
        find_checkpoint(str(tmp_path))


def test_a_place_that_cannot_be_written_is_named(tmp_path, tiny):
    (tmp_path / "file").write_text("in the way")
    network = build_model(tiny("san"), MNIST_REFERENCE)
    with pytest.raises(InputError, match="cannot be written"):
        save_checkpoint(tmp_path / "file" / "c.safetensors", network, tiny("san"), MNIST_REFERENCE, {})


def test_a_failed_write_keeps_what_was_there(make_checkpoint, tiny, monkeypatch):
    path = make_checkpoint("san")
    before = path.read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("pan.checkpoints.tensors.save_file", full)
    with pytest.raises(InputError, match="No space left"):
        make_checkpoint("san", seed=1)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("kind", ["mref", "mdist", "mbg"])
@pytest.mark.parametrize("model", ["pan-ctx", "san", "han"])
def test_the_trained_networks_come_with_the_program(kind, model):
    checkpoint = load_checkpoint(f"{kind}/{model}")
    assert checkpoint.recipe.name == f"{kind}/{model}"
    assert checkpoint.metrics["test"]["accuracy"] > 0.75
    assert checkpoint.path == shipped_checkpoints()[f"{kind}/{model}"]


def test_shipped_networks_start_from_nothing_or_from_shipped_networks():
    shipped = shipped_checkpoints()
    starts = {load_checkpoint(name).recipe.start for name in shipped}
    assert starts <= {"", *shipped}


def test_a_recipe_with_an_unknown_field_is_refused(tiny):
    values = replace(tiny()).to_json() | {"dropout": 0.5}
    with pytest.raises(InputError, match="no field dropout"):
        type(tiny()).from_json(values)


def test_a_known_name_is_not_that_of_a_folder_nearby(tmp_path, monkeypatch):
    (tmp_path / "mref" / "san").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_checkpoint("mref/san") == shipped_checkpoints()["mref/san"]
    with pytest.raises(InputError, match="holds no trained weights"):
        find_checkpoint("./mref/san")


def test_weights_that_are_no_numbers_are_refused(make_checkpoint, tiny):
    path, recipe = make_checkpoint("san"), tiny("san")
    network = build_model(recipe, MNIST_REFERENCE)
    next(network.parameters()).data[0] = torch.nan
    save_checkpoint(path, network, recipe, MNIST_REFERENCE, {})
    with pytest.raises(InputError, match="weights that are not finite"):
        load_checkpoint(str(path))


def test_a_header_that_is_no_object_is_refused(tmp_path):
    save_file({"a": torch.zeros(1)}, tmp_path / "c.safetensors", metadata={"pan": "[]"})
    with pytest.raises(InputError, match="truncated or of another format"):
        load_checkpoint(str(tmp_path / "c.safetensors"))
