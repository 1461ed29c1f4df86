"""Updates recorded as a CUDA graph train as those that are told to the device one by one."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import torch
from PIL import Image

from pan.checkpoints.file import load_checkpoint
from pan.data.images import fit_image
from pan.explaining.explain import explain
from pan.training.events import Epoch, Step
from pan.training.loop import resume, train

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")


def losses(events):
    return [(event.loss, event.validation_loss) for event in events if isinstance(event, Epoch)]


@pytest.fixture
def without_graphs(monkeypatch):
    """From now on updates are told to the device one by one."""
    def apply():
        monkeypatch.setattr("pan.training.trainer.GraphedUpdate", lambda update, _: update)
    return apply


@pytest.mark.parametrize("accumulation", [1, 2])
@pytest.mark.parametrize("model", ["san", "han", "pan-ctx", "pan-ctx-best", "stn-m"])
def test_a_recorded_update_gives_the_losses_of_an_eager_one(
    model, accumulation, tiny, tmp_path, bundled, without_graphs
):
    recipe = tiny(model, accumulation=accumulation)
    recorded = losses(train(recipe, tmp_path / "recorded", bundled, "cuda"))
    without_graphs()
    eager = losses(train(recipe, tmp_path / "eager", bundled, "cuda"))
    np.testing.assert_allclose(recorded, eager, rtol=0.01)


def test_the_gradients_of_a_gate_s_price_grow_with_the_run_though_they_were_recorded_at_its_beginning(
    tiny, tmp_path, bundled, without_graphs
):
    recipe = tiny("pan-ctx", covering=0.5, covering_from=0.3)
    recorded = losses(train(recipe, tmp_path / "recorded", bundled, "cuda"))
    without_graphs()
    eager = losses(train(recipe, tmp_path / "eager", bundled, "cuda"))
    free = losses(train(tiny("pan-ctx", covering=0.0), tmp_path / "free", bundled, "cuda"))
    np.testing.assert_allclose(recorded, eager, rtol=0.01)
    assert abs(recorded[-1][0] - free[-1][0]) > 0.1


def test_a_run_dropped_after_its_update_was_recorded_goes_on(tiny, tmp_path, bundled, monkeypatch):
    monkeypatch.setattr("pan.training.trainer.READ_EVERY", 3)
    monkeypatch.setattr("pan.training.trainer.STATE_SECONDS", 0.0)
    whole = losses(train(tiny(), tmp_path / "whole", bundled, "cuda"))
    for event in train(tiny(), tmp_path / "broken", bundled, "cuda"):
        if isinstance(event, Step) and event.step == 8:
            break
    rest = losses(resume(tmp_path / "broken", "cuda"))
    np.testing.assert_allclose(rest[-1], whole[-1], rtol=0.01)


def test_another_thread_may_ask_while_an_update_is_recorded(tiny, tmp_path, bundled, make_checkpoint):
    checkpoint = load_checkpoint(str(make_checkpoint()))
    checkpoint.model.to("cuda")
    image = fit_image(Image.new("RGB", (100, 100)), 100)
    over, answers = threading.Event(), []

    def ask():
        while not over.is_set():
            answers.append(explain(checkpoint, image, "7"))
    asking = threading.Thread(target=ask)
    asking.start()
    try:
        recorded = losses(train(tiny(), tmp_path / "run", bundled, "cuda"))
    finally:
        over.set()
        asking.join()
    assert np.isfinite(recorded).all()
    assert answers
