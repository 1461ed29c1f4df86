"""Asks the networks and reads their explanations; imports torch, so only the worker imports this."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from jaxtyping import Float

from app.values import Answers, LayerReading, Pane, Picture, Reading, Truth
from pan.checkpoint import Checkpoint, find_checkpoint, load_checkpoint
from pan.errors import InputError
from pan.explain import Explanation, LayerExplanation, entropy, explain, true_positive_ratio
from pan.maps import resize
from pan.surgery import UNTOUCHED, Surgery


class Reader:
    """Networks loaded once, as long as their files stay the same."""

    def __init__(self) -> None:
        self._loaded: dict[str, tuple[tuple[Path, int], Checkpoint]] = {}

    def load(self, name: str) -> Checkpoint:
        """The checkpoint of that name, on the CPU, where it disturbs no training.

        Raises:
            InputError: If there is none or it cannot be used.
        """
        path = find_checkpoint(name)
        version = (path, path.stat().st_mtime_ns)
        if name not in self._loaded or self._loaded[name][0] != version:
            self._loaded[name] = (version, load_checkpoint(name))
        return self._loaded[name][1]

    def read(
        self,
        picture: Picture,
        query: str,
        models: tuple[str, ...],
        surgeries: Mapping[str, Surgery],
        is_wanted: Callable[[], bool],
    ) -> Answers | None:
        """What the models answer, some of them under surgery; None once nobody wants to know any more."""
        panes: list[Pane] = []
        seconds, threads = 0.0, torch.get_num_threads()
        for model in models:
            if not is_wanted():
                return None
            try:
                checkpoint = self.load(model)
                started = time.perf_counter()
                panes.append(Pane(model, _read(checkpoint, picture, query, surgeries.get(model, UNTOUCHED))))
                seconds += time.perf_counter() - started
            except InputError as error:
                panes.append(Pane(model, None, str(error)))
        device = "CPU, 1 thread" if threads == 1 else f"CPU, {threads} threads"
        return Answers(picture, query, tuple(panes), seconds * 1000, device)


def _read(checkpoint: Checkpoint, picture: Picture, query: str, surgery: Surgery) -> Reading:
    if picture.fault:
        raise InputError(picture.fault)
    size = picture.fitted.pixels.shape[0]
    if checkpoint.task.image_size != size:
        raise InputError(f"{checkpoint.name} looks at images of {checkpoint.task.image_size} × "
                         f"{checkpoint.task.image_size} pixels, not of {size} × {size}.")
    explanation = explain(checkpoint, picture.fitted, query, surgery)
    untouched = explain(checkpoint, picture.fitted, query) if surgery else None
    truth = picture.truths.get(query)
    rank = None
    if truth is not None and truth.answer in explanation.answers:
        right = explanation.probabilities[explanation.answers.index(truth.answer)]
        rank = 1 + int((explanation.probabilities > right).sum())
    layers = tuple(_read_layer(layer, explanation, truth) for layer in explanation.layers)
    return Reading(explanation, layers, truth.answer if truth else None, rank, untouched)


def _read_layer(layer: LayerExplanation, explanation: Explanation, truth: Truth | None) -> LayerReading:
    own = _resized(layer.attention, explanation.image.shape[0])
    mask = truth.mask if truth else None
    probabilities = explanation.probabilities if layer is explanation.layers[-1] else layer.probabilities
    return LayerReading(
        layer.name,
        layer.kind,
        layer.attention,
        own,
        layer.accumulated,
        tpr=None if mask is None else true_positive_ratio(own, mask),
        accumulated_tpr=None if mask is None else true_positive_ratio(layer.accumulated, mask),
        bits=entropy(layer.attention),
        answer=None if probabilities is None else explanation.answers[int(probabilities.argmax())],
        probability=None if probabilities is None else float(probabilities.max()),
        explained=layer,
    )


def _resized(attention: Float[np.ndarray, "h w"], size: int) -> Float[np.ndarray, "S S"]:
    resized: Float[np.ndarray, "S S"] = resize(torch.from_numpy(attention)[None, None], size)[0, 0].numpy()
    return resized
