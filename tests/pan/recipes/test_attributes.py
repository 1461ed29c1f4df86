"""Recipes for Table 2, and what training by them reads."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import load_file, save_file

import pan.training.loop
from pan.checkpoints.file import load_checkpoint
from pan.data.sources import Sources, prepare
from pan.models.build import build_model
from pan.recipes.attributes import ATTRIBUTE_RECIPES, MODELS
from pan.recipes.by_name import PRESETS, find_recipe
from pan.recipes.paper_numbers import PAPER_VISUAL_GENOME
from pan.recipes.recipe import Recipe
from pan.recipes.task import Task
from pan.system.errors import InputError
from pan.training.events import Epoch, Finished, Probe, Started, Step
from pan.training.loop import resume, train
from pan.training.runs.folder import read_metrics
from tests.pan.conftest import drained

pytestmark = pytest.mark.filterwarnings("ignore:.*tf32.*")
SMALL = {
    "channels": 4, "hidden": 4, "scenes": 16, "validation_scenes": 6, "images_per_batch": 4, "questions_per_image": 2,
    "questions": 32, "epoch_questions": 16, "precision": "float32",
}  # fmt: skip


@pytest.fixture
def photographs(tmp_path):
    """A labelled set of twelve photographs, one of them grey."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "set"
    folder.mkdir()
    lines = ["image,query,answers,boxes"]
    for number in range(12):
        picture = Image.fromarray(rng.integers(0, 256, (30, 40, 3), np.uint8))
        (picture.convert("L") if number == 2 else picture).save(folder / f"{number}.png")
        lines.append(f"{number}.png,cup,{'red;small' if number % 2 else 'wet'},2 3 10 12;20 4 5 5")
        lines.append(f"{number}.png,dog,wet,0 0 40 30")
    (folder / "index.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.mark.parametrize("preset", [preset for preset in PRESETS if preset != "authors"])
@pytest.mark.parametrize("name", ATTRIBUTE_RECIPES)
def test_every_recipe_of_table_2_builds_its_network(name, preset):
    recipe = find_recipe(name, preset).with_fields(channels=2, hidden=4)
    assert recipe.name == name
    assert recipe == Recipe.from_json(recipe.to_json())
    task = Task(recipe.data.image_size, ("cup", "dog"), ("red", "wet", "small"), several=True)
    assert sum(weight.numel() for weight in build_model(recipe, task).parameters()) > 0


def test_every_network_of_table_2_has_the_papers_numbers():
    assert set(PAPER_VISUAL_GENOME) == set(MODELS)


@pytest.mark.parametrize("name", ["vg-tiny/pan-ctx", "vg-tiny/han-prior"])
def test_the_tiny_networks_train_on_composed_photographs(name, tmp_path, bundled):
    recipe = find_recipe(name, "quick").with_fields(**SMALL)
    *events, last = train(recipe, tmp_path / "run", bundled, "cpu")
    assert isinstance(last, Finished)
    for probe in (event for event in events if isinstance(event, Probe)):
        assert probe.predicted == probe.answer or probe.predicted not in probe.answer.split(", ")
    checkpoint = load_checkpoint(str(tmp_path / "run"))
    assert checkpoint.task.several
    assert checkpoint.task.queries[:2] == ("ball", "box")


@pytest.mark.parametrize("name", ["vg-tiny/san", "mref/san"])
def test_the_papers_text_asks_one_fixed_question_about_each_drawn_image(name, bundled):
    recipe = find_recipe(name, "paper").with_fields(scenes=6, validation_scenes=2)
    prepared = drained(prepare(recipe, bundled))
    assert prepared.training.image.tolist() == list(range(6))
    assert len(prepared.validation) > 2  # of these every question is asked


def test_the_best_epoch_is_the_one_whose_answers_rank_the_questions_best(tmp_path, bundled, monkeypatch):
    real, left = pan.training.trainer.validate, iter([(0.9, 0.3), (0.8, 0.5), (0.7, 0.4)])

    def scripted(*arguments):
        validation = yield from real(*arguments)
        assert 0 < validation.mean_average_precision < 1
        accuracy, ranked = next(left)
        return validation._replace(accuracy=accuracy, mean_average_precision=ranked)
    monkeypatch.setattr("pan.training.trainer.validate", scripted)
    recipe = find_recipe("vg-tiny/san", "quick").with_fields(**{**SMALL, "questions": 48})
    *events, last = train(recipe, tmp_path / "run", bundled, "cpu")
    epochs = [event for event in events if isinstance(event, Epoch)]
    assert [epoch.best for epoch in epochs] == [True, True, False]
    assert [epoch.merit for epoch in read_metrics(tmp_path / "run")] == [0.3, 0.5, 0.4]
    assert last.merit == 0.5
    assert load_checkpoint(str(tmp_path / "run")).metrics["validation"]["mean_average_precision"] == 0.5
    assert ", mAP 50.0 %" in (tmp_path / "run" / "log.txt").read_text()


def test_photographs_train_vgg_from_given_weights_and_a_run_goes_on_without_them(photographs, tmp_path):
    recipe = find_recipe("vg/pan-ctx").with_fields(**SMALL, image_size=32, gradient_checkpointing=True, accumulation=2)
    first = recipe.with_fields(seed=7, weights="")
    list(train(first, tmp_path / "first", Sources(data=photographs), "cpu"))
    weights = {name[name.index("features.") :]: weight.contiguous()
               for name, weight in load_file(tmp_path / "first" / "best.safetensors").items()
               if name.startswith("stages.")}
    save_file(weights, tmp_path / "vgg.safetensors")
    recipe = recipe.with_fields(weights=str(tmp_path / "vgg.safetensors"))
    whole = list(train(recipe, tmp_path / "whole", Sources(data=photographs), "cpu"))
    assert next(event for event in whole if isinstance(event, Started)).task.answers == ("red", "small", "wet")
    broken = train(recipe, tmp_path / "broken", Sources(data=photographs), "cpu")
    for event in broken:
        if isinstance(event, Step) and event.step == 3:
            break
    broken.close()
    (tmp_path / "vgg.safetensors").unlink()
    list(resume(tmp_path / "broken", "cpu"))
    one, other = (load_file(tmp_path / run / "last.safetensors") for run in ("whole", "broken"))
    assert all((one[name] == other[name]).all() for name in one)


def test_accumulation_changes_the_gradients_by_rounding_alone(photographs, tmp_path):
    recipe = find_recipe("vg/san").with_fields(**{**SMALL, "questions": 8, "epoch_questions": 8}, image_size=32,
                     weights="", clip_norm=1e9)  # fmt: skip
    for parts in (1, 2):
        list(train(recipe.with_fields(accumulation=parts), tmp_path / f"{parts}", Sources(data=photographs), "cpu"))
    one, other = (load_file(tmp_path / run / "last.safetensors") for run in ("1", "2"))
    for name in one:
        np.testing.assert_allclose(one[name], other[name], atol=1e-5)


def test_vg_needs_photographs_and_says_so(tmp_path):
    with pytest.raises(InputError, match="pan data visual-genome"):
        list(train(find_recipe("vg/san").with_fields(weights=""), tmp_path / "run", Sources(), "cpu"))


def test_drawn_pictures_have_the_size_they_are_drawn_at(tmp_path, bundled):
    for name in ("vg-tiny/san", "mref/san"):
        with pytest.raises(InputError, match="image_size must be"):
            list(train(find_recipe(name).with_fields(image_size=64, start=""), tmp_path / name, bundled, "cpu"))


def test_zero_byte_images_are_named_before_training(photographs, tmp_path):
    (photographs / "5.png").write_bytes(b"")
    recipe = find_recipe("vg/san").with_fields(**SMALL, image_size=32, weights="")
    with pytest.raises(InputError, match=r"5\.png cannot be read as an image"):
        list(train(recipe, tmp_path / "run", Sources(data=photographs), "cpu"))
