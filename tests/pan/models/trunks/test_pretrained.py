"""The one pickled file that is read: torchvision's, by its hash; everything else is a sentence."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import save_file

from pan.models.build import build_model
from pan.models.trunks import pretrained as trunk_weights
from pan.models.trunks.pretrained import read_trunk_weights
from pan.models.trunks.vgg import begin_from
from pan.models.trunks.vgg import trunk_weights as of_trunk
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.errors import InputError

TASK = Task(32, ("cup", "dog"), ("red", "small", "wet"), several=True)
RECIPE = Recipe("vg", "san").with_fields(trunk="vgg-16", channels=2, hidden=4, image_size=32, normalize=False)


@pytest.fixture
def no_downloads(tmp_path, monkeypatch):
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))


def test_weights_that_are_not_here_are_a_sentence_that_says_how_to_get_them(no_downloads):
    with pytest.raises(InputError, match=r"pan data download vgg16 .* --weights, .* --from-scratch"):
        read_trunk_weights("imagenet")
    with pytest.raises(InputError, match=r"there is no file nowhere\.pth"):
        read_trunk_weights("nowhere.pth")


def test_a_file_with_another_hash_is_not_unpickled(tmp_path, monkeypatch):
    path = tmp_path / "vgg16.pth"
    torch.save({"features.0.weight": torch.zeros(1)}, path)
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("it was unpickled"))
    with pytest.raises(InputError, match="not torchvision's vgg16"):
        read_trunk_weights(str(path))


def test_torchvisions_file_is_read_where_torch_keeps_it(tmp_path, monkeypatch, no_downloads):
    path = tmp_path / "hub" / "checkpoints" / "vgg16-397923af.pth"
    path.parent.mkdir(parents=True)
    torch.save({"features.0.weight": torch.ones(2)}, path)
    monkeypatch.setattr(trunk_weights, "file_digest", lambda *_: type("", (), {"hexdigest": lambda _: "397923af00"})())
    assert torch.equal(read_trunk_weights("imagenet")["features.0.weight"], torch.ones(2))


def test_a_file_cut_short_is_a_sentence(tmp_path):
    (tmp_path / "vgg16.safetensors").write_bytes(b"short")
    with pytest.raises(InputError, match="cut short or of another kind"):
        read_trunk_weights(str(tmp_path / "vgg16.safetensors"))


def test_safetensors_with_torchvisions_names_begin_a_trunk(tmp_path):
    theirs = of_trunk(build_model(RECIPE.with_fields(seed=5), TASK))
    save_file({name: weight.detach().contiguous() for name, weight in theirs.items()}, tmp_path / "vgg.safetensors")
    network = build_model(RECIPE, TASK)
    begin_from(network, read_trunk_weights(str(tmp_path / "vgg.safetensors")))
    assert all(torch.equal(weight, theirs[name]) for name, weight in of_trunk(network).items())
