"""Small things that tests of the science share."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pan.checkpoints.file import save_checkpoint
from pan.data.labelled.writing import LabelledQuestion, Words, write_labelled_set
from pan.data.sources import Sources, draw_questions
from pan.figures.explanation import STYLE
from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE, Task

OUTLINED = "pdf.fonttype", 3


@pytest.fixture(scope="session")
def bundled():
    """Sources of a machine without MNIST: everything comes from the program itself."""
    return Sources()


@pytest.fixture(scope="session")
def questions(bundled):
    """All questions about twelve MREF scenes."""
    return drained(draw_questions("mref", "val", 12, 7, bundled))


@pytest.fixture(scope="session")
def tiny():
    """A recipe of any network small enough to train in a second."""
    def make(model="pan-ctx", **changes):
        defaults = {
            "channels": 4, "hidden": 4, "scenes": 24, "validation_scenes": 6, "images_per_batch": 4,
            "questions": 336, "epoch_questions": 112, "precision": "float32",
        }  # fmt: skip
        return find_recipe(f"mref/{model}", "quick").with_fields(**{**defaults, **changes})
    return make


@pytest.fixture
def make_checkpoint(tmp_path, tiny):
    """Writes an untrained checkpoint and says where."""
    def make(model="pan-ctx", **changes):
        recipe = tiny(model, **changes)
        path = tmp_path / f"{model}.safetensors"
        save_checkpoint(path, build_model(recipe, MNIST_REFERENCE), recipe, MNIST_REFERENCE, {})
        return path
    return make


@pytest.fixture
def outlined_letters(monkeypatch):
    """Letters of PDFs are outlines: cutting fonts to what is used takes a third of a report's time."""
    monkeypatch.setitem(STYLE, *OUTLINED)


def drained(generator):
    """What a generator returns, its progress thrown away."""
    while True:
        try:
            next(generator)
        except StopIteration as done:
            return done.value


LABELLED = Task(32, ("dog", "tree", "car"), ("brown", "green", "small", "tall"), several=True)
"""Words of `labelled_set`."""


@pytest.fixture
def labelled_set(tmp_path, rng):
    """Ten small photographs with two or three questions each, several answers to them, and boxes."""
    folder = tmp_path / "labelled"
    questions, parts = [], {}
    for number in range(10):
        name = f"images/{number}.jpg"
        (folder / "images").mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 256, (30, 40, 3), np.uint8)).save(folder / name)
        parts[name] = "train" if number < 5 else "val" if number < 6 else "test"
        for place, query in enumerate(LABELLED.queries[: 2 + number % 2]):
            answers = [LABELLED.answers[place], *LABELLED.answers[3 : 3 + number % 2]]
            boxes = [(5 * place, 3, 12, 9), (20, 8, 10, 10)][: 1 + place]
            questions.append(LabelledQuestion(name, query, answers, boxes))
    words = Words(dict.fromkeys(LABELLED.queries, 10), dict.fromkeys(LABELLED.answers, 10))
    write_labelled_set(folder, questions, words, parts, dict.fromkeys(parts, (40, 30)))
    return folder


def labelled_recipe(model="pan-ctx", **changes):
    """A tiny network of VGG's form for `labelled_set`."""
    gates = (1, 2) if model.startswith("pan") else ()
    defaults = {
        "trunk": "vgg-tiny", "image_size": LABELLED.image_size, "channels": 4, "hidden": 4, "gates": gates,
        "context_radius": 1 if gates else 0, "precision": "float32",
    }  # fmt: skip
    return Recipe("vg-tiny", model).with_fields(**{**defaults, **changes})


@pytest.fixture
def make_labelled_checkpoint(tmp_path):
    """Writes an untrained checkpoint for `labelled_set` and says where."""
    def make(model="pan-ctx", **changes):
        recipe = labelled_recipe(model, **changes)
        path = tmp_path / f"{model}.safetensors"
        save_checkpoint(path, build_model(recipe, LABELLED), recipe, LABELLED, {})
        return path
    return make


@pytest.fixture
def rng():
    return np.random.default_rng(0)
