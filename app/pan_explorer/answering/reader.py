"""Runs the networks and computes what the window shows of them; imports torch, so only the worker imports this."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool

from pan.attention.hooks import under_surgery
from pan.attention.maps import sample
from pan.attention.surgery import NO_SURGERY, Surgery
from pan.checkpoints.file import Checkpoint, find_checkpoint, load_checkpoint
from pan.data.composer.composition import Composition
from pan.data.composer.variations import at_scales, scales_of
from pan.data.images import Fitted
from pan.evaluation.on_object import on_object
from pan.explaining.explain import Explanation, LayerExplanation, encode, entropy, explain_queries
from pan.explaining.sweep import SweptScene, sweep_in_batches
from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture, Truth
from pan_explorer.pictures.reading import fitted_at
from pan_explorer.state.answers import Answers, LayerReading, Pane, Reading
from pan_explorer.state.sweep import Curves, Sweep
from pan_explorer.system.torch_threads import set_threads_for

SPARE = 4
"""Number of networks kept in memory beside those used last: users hide networks and show them again."""


class _Question(NamedTuple):
    picture: Picture
    query: str
    surgery: Surgery


class _TimedReading(NamedTuple):
    reading: Reading
    seconds: float


class _Features(NamedTuple):
    picture: Picture
    image: Fitted
    features: torch.Tensor


@dataclass
class _Loaded:
    """A network, its features of the last picture, and its last reading without and with surgery."""

    changed_at: int | None
    checkpoint: Checkpoint
    features: _Features | None = None
    last: dict[bool, tuple[_Question, _TimedReading]] = field(default_factory=dict)


class Reader:
    """A cache of loaded networks, reloaded when their files change; the least recently used ones are dropped."""

    def __init__(self) -> None:
        self._loaded: dict[str, _Loaded] = {}  # least recently used first

    def load(self, name: str) -> Checkpoint:
        """The checkpoint of that name, on the CPU, where it does not slow a training on the GPU.

        Raises:
            InputError: If it does not exist or cannot be used.
        """
        return self._load(name).checkpoint

    def _load(self, name: str) -> _Loaded:
        loaded = self._loaded.pop(name, None)
        if loaded is None or _changed_at(loaded.checkpoint.path) != loaded.changed_at:
            loaded = _Loaded(_changed_at(find_checkpoint(name)), load_checkpoint(name))
        self._loaded[name] = loaded
        return loaded

    def _drop_unused(self, used: int) -> None:
        """Keep the networks just used, and `SPARE` more."""
        for name in list(self._loaded)[: -(used + SPARE)]:
            del self._loaded[name]

    def read(
        self,
        picture: Picture,
        query: str,
        models: tuple[str, ...],
        surgeries: Mapping[str, Surgery],
        is_wanted: Callable[[], bool],
    ) -> Answers | None:
        """The models' answers, some under surgery; None once they are no longer wanted."""
        panes: list[Pane] = []
        seconds = 0.0
        for model in models:
            if not is_wanted():
                return None
            queries: tuple[str, ...] = ()
            try:
                loaded = self._load(model)
                queries = loaded.checkpoint.task.queries
                timed = _read_cached(loaded, _Question(picture, query, surgeries.get(model, NO_SURGERY)))
                panes.append(Pane(model, timed.reading, queries=queries))
                seconds += timed.seconds
            except InputError as error:
                panes.append(Pane(model, None, str(error), queries))
        self._drop_unused(len(models))
        threads = torch.get_num_threads()
        device = "CPU, 1 thread" if threads == 1 else f"CPU, {threads} threads"
        return Answers(picture, query, tuple(panes), seconds * 1000, device)

    def sweep(
        self,
        composition: Composition,
        place: int,
        models: tuple[str, ...],
        surgeries: Mapping[str, Surgery],
        *,
        alone: bool,
        is_wanted: Callable[[], bool],
    ) -> Sweep | None:
        """The models' answers and attention with an object at all scales; None once they are no longer wanted."""
        scales = scales_of(composition, place)
        swept = replace(composition, placed=composition.placed[place : place + 1]) if alone else composition
        series = at_scales(swept, 0 if alone else place, scales)
        curves = {}
        for model in models:
            scenes: list[SweptScene] = []
            with suppress(InputError):  # the model's pane shows the reason
                checkpoint = self.load(model)
                set_threads_for(checkpoint.task.image_size)
                with under_surgery(checkpoint.model, surgeries.get(model, NO_SURGERY)):
                    for batch in sweep_in_batches(checkpoint, series, 0 if alone else place):
                        scenes += batch
                        if not is_wanted():
                            return None
                curves[model] = _curves(scenes)
        return Sweep(composition, place, scales, curves, alone)

    def read_table(
        self,
        picture: Picture,
        queries: Sequence[str],
        models: tuple[str, ...],
        surgeries: Mapping[str, Surgery],
        is_wanted: Callable[[], bool],
    ) -> tuple[Answers, ...] | None:
        """The models' answers to several queries, in one pass of each model; None once they are no longer wanted."""
        columns: list[list[Pane]] = []
        for model in models:
            if not is_wanted():
                return None
            try:
                readings = _read(self._load(model), picture, queries, surgeries.get(model, NO_SURGERY), None)
                columns.append([Pane(model, reading) for reading in readings])
            except InputError as error:
                columns.append([Pane(model, None, str(error))] * len(queries))
        return tuple(Answers(picture, query, tuple(column[row] for column in columns))
                     for row, query in enumerate(queries))


def _read_cached(loaded: _Loaded, question: _Question) -> _TimedReading:
    """A model's reading, cached for the last question: while attention is painted, only one model changes."""
    last, key = loaded.last, bool(question.surgery)
    if key not in last or last[key][0] != question:
        plain = _read_cached(loaded, question._replace(surgery=NO_SURGERY)) if question.surgery else None
        unchanged = [plain.reading.explanation] if plain else None
        started = time.perf_counter()
        (reading,) = _read(loaded, question.picture, [question.query], question.surgery, unchanged)
        last[key] = question, _TimedReading(reading, time.perf_counter() - started)
    return last[key][1]


def _curves(scenes: Sequence[SweptScene]) -> Curves:
    scores = [None if each.attention is None else on_object(each.attention, each.mask) for each in scenes]
    tpr, pxap = np.array([each or (np.nan, np.nan) for each in scores]).T
    return Curves(np.array([each.probability for each in scenes]), tpr, pxap)


def _changed_at(path: Path) -> int | None:
    """Modification time of a file in nanoseconds; None if it does not exist."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _read(
    loaded: _Loaded,
    picture: Picture,
    queries: Sequence[str],
    surgery: Surgery,
    unchanged: Sequence[Explanation] | None,
) -> list[Reading]:
    """Readings of queries about one image; with surgery, the answers without it are computed too if not given."""
    if picture.fault:
        raise InputError(picture.fault)
    checkpoint, task = loaded.checkpoint, loaded.checkpoint.task
    if unknown := [query for query in queries if query not in task.queries]:
        first, last = task.queries[0], task.queries[-1]
        raise InputError(f"of another task: it is asked about {first} … {last}, not about {unknown[0]}")
    set_threads_for(task.image_size)
    _, image, features = _features_of(loaded, picture)
    explanations = explain_queries(checkpoint, image, queries, surgery, features)
    if surgery and unchanged is None:
        unchanged = explain_queries(checkpoint, image, queries, features=features)
    before: Sequence[Explanation | None] = unchanged or [None] * len(queries)
    truths = [picture.truths.get(query) for query in queries]
    return [_reading(*each) for each in zip(explanations, truths, before, strict=True)]


def _features_of(loaded: _Loaded, picture: Picture) -> _Features:
    """A network's features of a picture, computed once for all queries."""
    if loaded.features is None or loaded.features.picture is not picture:
        image = fitted_at(picture, loaded.checkpoint.task.image_size)
        loaded.features = _Features(picture, image, encode(loaded.checkpoint, image))
    return loaded.features


def _reading(explanation: Explanation, truth: Truth | None, unchanged: Explanation | None) -> Reading:
    region = truth.region(len(explanation.image)) if truth else None
    layers = tuple(_read_layer(layer, explanation, region) for layer in explanation.layers)
    return Reading(explanation, layers, truth.answers if truth else (), _rank(explanation, truth), unchanged)


def _rank(explanation: Explanation, truth: Truth | None) -> int | None:
    """The best rank of a right answer; None if none is known or among the network's answers."""
    places = [explanation.answers.index(word) for word in (truth.answers if truth else ())
              if word in explanation.answers]
    if not places:
        return None
    return 1 + int((explanation.probabilities > explanation.probabilities[places].max()).sum())


def _read_layer(
    layer: LayerExplanation, explanation: Explanation, region: Bool[np.ndarray, "S S"] | None
) -> LayerReading:
    own = sample(torch.from_numpy(layer.attention), layer.field, explanation.image.shape[0]).numpy()
    probabilities = explanation.probabilities if layer is explanation.layers[-1] else layer.probabilities
    return LayerReading(
        layer.name,
        layer.kind,
        layer.attention,
        own,
        layer.accumulated,
        bits=entropy(layer.attention),
        answer=None if probabilities is None else explanation.answers[int(probabilities.argmax())],
        probability=None if probabilities is None else float(probabilities.max()),
        explained=layer,
        region=region,
    )
