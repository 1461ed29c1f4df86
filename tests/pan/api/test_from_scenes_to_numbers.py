"""Scenes, evaluation and training from a notebook."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

import pan
from pan.cli import main
from pan.system.errors import InputError
from pan.training.events import Epoch


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("sets") / "mref"
    assert main(["data", "build", "mref", "--split", "test", "--count", "4", "--seed", "5", "--out", str(out)]) == 0
    return out


@pytest.fixture
def small():
    return {"channels": 4, "hidden": 4, "scenes": 24, "validation_scenes": 6, "images_per_batch": 4,
            "questions": 224, "epoch_questions": 112, "precision": "float32", "gates": (2, 3)}  # fmt: skip


def test_scenes_tell_in_words_and_masks_what_is_in_them():
    first, second = pan.scenes("mref", 2, 7)
    assert first.image.shape == (100, 100, 3)
    assert first.masks.shape == (len(first.queries), 100, 100)
    assert first.masks.dtype == bool
    assert all(mask.any() for mask in first.masks)
    assert first.image[first.masks.any(0)].any(-1).all()  # no ink is black
    assert set(first.answers) <= {"red", "yellow", "green", "blue", "white"}
    assert not np.array_equal(first.image, second.image)


def test_a_seed_gives_the_same_scenes_and_a_part_gives_others():
    image = pan.scenes("mdist", 1, 7)[0].image
    np.testing.assert_array_equal(pan.scenes("mdist", 2, 7)[0].image, image)
    assert not np.array_equal(pan.scenes("mdist", 1, 7, split="train")[0].image, image)


def test_a_seed_gives_the_scenes_that_the_command_line_writes(folder):
    written = [np.asarray(Image.open(path)) for path in sorted((folder / "images").iterdir())]
    np.testing.assert_array_equal([scene.image for scene in pan.scenes("mref", 4, 5)], written)


@pytest.mark.parametrize(
    ("asked", "said"),
    [(("mref", 0, 1), "a count of at least 1"), (("mref", 1, -1), "a seed of at least 0"),
     (("vg", 1, 1), "there is no data set “vg”"), (("mref", 1, 1, "dev"), "there is no part “dev”")],
)
def test_scenes_that_cannot_be_drawn_are_refused_in_a_sentence(asked, said):
    with pytest.raises(InputError, match=said):
        pan.scenes(*asked)


def test_python_and_the_command_line_measure_the_same(folder, tmp_path):
    network = pan.load("mref/pan-ctx", device="cpu")
    steps = []
    ours = pan.evaluate(network, folder, progress=steps.append)
    assert main(["evaluate", "mref/pan-ctx", "--data", str(folder), "--json", str(tmp_path / "theirs.json")]) == 0
    (theirs,) = json.loads((tmp_path / "theirs.json").read_text())
    own = json.loads(json.dumps(ours.to_json()))
    assert own.keys() == theirs.keys()
    assert {**own, "seconds": 0} == {**theirs, "seconds": 0}
    assert ours.accuracy == theirs["accuracy"]
    assert steps[-1].done == steps[-1].total == ours.examples


def test_a_folder_of_parts_is_measured_on_the_part_that_is_named(folder, tmp_path):
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "test").symlink_to(folder, target_is_directory=True)
    network = pan.load("mref/san", device="cpu")
    assert pan.evaluate(network, parts).accuracy == pan.evaluate(network, folder).accuracy
    with pytest.raises(InputError, match="val"):
        pan.evaluate(network, parts, split="val")


def test_a_set_of_several_answers_is_refused_for_a_network_of_one(tmp_path):
    out = tmp_path / "objects"
    assert main(["data", "build", "vg-tiny", "--split", "test", "--count", "2", "--seed", "1", "--out", str(out)]) == 0
    with pytest.raises(InputError, match="asks for several answers to a question, and mref/san gives one"):
        pan.evaluate(pan.load("mref/san"), out)
    assert 0 <= pan.evaluate(pan.load("vg-tiny/san"), out).mean_average_precision <= 1


def test_a_set_of_one_answer_is_refused_for_a_network_of_several(folder):
    with pytest.raises(InputError, match="asks for one answer to a question, and vg-tiny/san gives several"):
        pan.evaluate(pan.load("vg-tiny/san"), folder)


def test_a_network_is_trained_from_python_and_is_found_in_its_run(small, tmp_path):
    events = []
    network = pan.train("mref/pan-ctx", tmp_path / "run", device="cpu", progress=events.append, preset="quick", **small)
    assert network.recipe.network.gates == (2, 3)
    assert len([event for event in events if isinstance(event, Epoch)]) == 2
    assert pan.load(tmp_path / "run", device="cpu").recipe == network.recipe
    assert network.explain(np.zeros((100, 100, 3), np.uint8), "7").answer in network.task.answers


def test_a_set_of_ones_own_is_trained_with_its_words(folder, small, tmp_path):
    recipe = pan.load("mref/san").recipe
    network = pan.train(recipe, tmp_path / "run", data=folder, device="cpu", **{**small, "start": "", "gates": ()})
    assert set(network.task.answers) <= {"red", "yellow", "green", "blue", "white"}
    assert 0 <= pan.evaluate(network, folder).accuracy <= 1


def test_a_networks_name_is_enough_for_a_set_of_ones_own(folder, small, tmp_path):
    network = pan.train("san", tmp_path / "run", data=folder, device="cpu", **small)
    assert network.recipe.name == "own-mref/san"


def test_mistakes_leave_no_run_behind(tmp_path):
    with pytest.raises(InputError, match="a recipe has no field “epochs”"):
        pan.train("mref/san", tmp_path / "run", epochs=3)
    with pytest.raises(InputError, match="is not a value of questions"):
        pan.train("mref/san", tmp_path / "run", questions=1.5)
    with pytest.raises(InputError, match="there is no recipe “mref/none”"):
        pan.train("mref/none", tmp_path / "run")
    assert not (tmp_path / "run").exists()
