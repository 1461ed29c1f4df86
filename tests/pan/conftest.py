"""Small things that tests of the science share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pan.checkpoint import save_checkpoint
from pan.data.sources import Sources, draw_questions
from pan.models import build_model
from pan.recipes import find_recipe
from pan.tasks import MNIST_REFERENCE


@pytest.fixture(scope="session")
def bundled():
    """Sources of a machine without MNIST: everything comes from the program itself."""
    return Sources(data_root=Path("no such folder"))


@pytest.fixture(scope="session")
def questions(bundled):
    """All questions about twelve MREF scenes."""
    return drained(draw_questions("mref", "val", 12, 7, bundled))


@pytest.fixture
def tiny():
    """A recipe of any network small enough to train in a second."""
    def make(model="pan-ctx", **changes):
        from dataclasses import replace

        defaults = {
            "channels": 4, "hidden": 4, "scenes": 24, "validation_scenes": 6, "images_per_batch": 4,
            "questions": 336, "epoch_questions": 112, "precision": "float32",
        }  # fmt: skip
        return replace(find_recipe(f"mref/{model}", "quick"), **{**defaults, **changes})
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


def drained(generator):
    """What a generator returns, its progress thrown away."""
    while True:
        try:
            next(generator)
        except StopIteration as done:
            return done.value


@pytest.fixture
def rng():
    return np.random.default_rng(0)
