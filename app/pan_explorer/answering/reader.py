"""Asks the networks and reads their explanations; imports torch, so only the worker imports this."""

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
from pan.attention.surgery import UNTOUCHED, Surgery
from pan.checkpoints.file import Checkpoint, find_checkpoint, load_checkpoint
from pan.data.composer.composition import Composition
from pan.data.composer.variations import at_scales, scales_of
from pan.data.images import Fitted
from pan.evaluation.on_object import on_object
from pan.explaining.explain import Explanation, LayerExplanation, entropy, explain_queries, see
from pan.explaining.sweep import SweptScene, sweep_in_batches
from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture, Truth
from pan_explorer.pictures.reading import fitted_at
from pan_explorer.state.answers import Answers, LayerReading, Pane, Reading
from pan_explorer.state.sweep import Curves, Swept
from pan_explorer.system.torch_threads import set_threads_for

SPARE = 4
"""Networks that stay in memory beside those that were asked last: some are hidden for a while and shown again."""


class _Asked(NamedTuple):
    picture: Picture
    query: str
    surgery: Surgery


class _Said(NamedTuple):
    reading: Reading
    seconds: float


class _Seen(NamedTuple):
    picture: Picture
    image: Fitted
    features: torch.Tensor


@dataclass
class _Loaded:
    """A network, what it saw of the last picture, and what it said last: untouched, and under surgery."""

    changed_at: int | None
    checkpoint: Checkpoint
    seen: _Seen | None = None
    said: dict[bool, tuple[_Asked, _Said]] = field(default_factory=dict)


class Reader:
    """Networks loaded once, as long as their files stay the same; those asked longest ago are let go."""

    def __init__(self) -> None:
        self._loaded: dict[str, _Loaded] = {}  # in the order of their use

    def load(self, name: str) -> Checkpoint:
        """The checkpoint of that name, on the CPU, where it disturbs no training.

        Raises:
            InputError: If there is none or it cannot be used.
        """
        return self._load(name).checkpoint

    def _load(self, name: str) -> _Loaded:
        loaded = self._loaded.pop(name, None)
        if loaded is None or _changed_at(loaded.checkpoint.path) != loaded.changed_at:
            loaded = _Loaded(_changed_at(find_checkpoint(name)), load_checkpoint(name))
        self._loaded[name] = loaded
        return loaded

    def _let_go(self, asked: int) -> None:
        """Keep the networks that were asked now, and a few more."""
        for name in list(self._loaded)[: -(asked + SPARE)]:
            del self._loaded[name]

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
        seconds = 0.0
        for model in models:
            if not is_wanted():
                return None
            queries: tuple[str, ...] = ()
            try:
                loaded = self._load(model)
                queries = loaded.checkpoint.task.queries
                said = _read_once(loaded, _Asked(picture, query, surgeries.get(model, UNTOUCHED)))
                panes.append(Pane(model, said.reading, queries=queries))
                seconds += said.seconds
            except InputError as error:
                panes.append(Pane(model, None, str(error), queries))
        self._let_go(len(models))
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
    ) -> Swept | None:
        """What the models say and attend to with an object at all scales; None once nobody wants to know."""
        scales = scales_of(composition, place)
        swept = replace(composition, placed=composition.placed[place : place + 1]) if alone else composition
        series = at_scales(swept, 0 if alone else place, scales)
        curves = {}
        for model in models:
            scenes: list[SweptScene] = []
            with suppress(InputError):  # its pane says why it cannot be asked
                checkpoint = self.load(model)
                set_threads_for(checkpoint.task.image_size)
                with under_surgery(checkpoint.model, surgeries.get(model, UNTOUCHED)):
                    for batch in sweep_in_batches(checkpoint, series, 0 if alone else place):
                        scenes += batch
                        if not is_wanted():
                            return None
                curves[model] = _curves(scenes)
        return Swept(composition, place, scales, curves, alone)

    def read_table(
        self,
        picture: Picture,
        queries: Sequence[str],
        models: tuple[str, ...],
        surgeries: Mapping[str, Surgery],
        is_wanted: Callable[[], bool],
    ) -> tuple[Answers, ...] | None:
        """What the models answer to each of some queries, in one pass of each model; None once nobody wants to know."""
        columns: list[list[Pane]] = []
        for model in models:
            if not is_wanted():
                return None
            try:
                readings = _read(self._load(model), picture, queries, surgeries.get(model, UNTOUCHED), None)
                columns.append([Pane(model, reading) for reading in readings])
            except InputError as error:
                columns.append([Pane(model, None, str(error))] * len(queries))
        return tuple(Answers(picture, query, tuple(column[row] for column in columns))
                     for row, query in enumerate(queries))


def _read_once(loaded: _Loaded, asked: _Asked) -> _Said:
    """What a model said to the same question last; under a moving hand only one of the models is changed."""
    said, key = loaded.said, bool(asked.surgery)
    if key not in said or said[key][0] != asked:
        plain = _read_once(loaded, asked._replace(surgery=UNTOUCHED)) if asked.surgery else None
        untouched = [plain.reading.explanation] if plain else None
        started = time.perf_counter()
        (reading,) = _read(loaded, asked.picture, [asked.query], asked.surgery, untouched)
        said[key] = asked, _Said(reading, time.perf_counter() - started)
    return said[key][1]


def _curves(scenes: Sequence[SweptScene]) -> Curves:
    lying = [None if each.attention is None else on_object(each.attention, each.mask) for each in scenes]
    tpr, pxap = np.array([each or (np.nan, np.nan) for each in lying]).T
    return Curves(np.array([each.probability for each in scenes]), tpr, pxap)


def _changed_at(path: Path) -> int | None:
    """When a file was written last, in nanoseconds; None where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def _read(
    loaded: _Loaded,
    picture: Picture,
    queries: Sequence[str],
    surgery: Surgery,
    untouched: Sequence[Explanation] | None,
) -> list[Reading]:
    """Answers to queries about one image; what the network says untouched is asked too where it is not known."""
    if picture.fault:
        raise InputError(picture.fault)
    checkpoint, task = loaded.checkpoint, loaded.checkpoint.task
    if unknown := [query for query in queries if query not in task.queries]:
        first, last = task.queries[0], task.queries[-1]
        raise InputError(f"of another task: asked about {first} … {last}, not about {unknown[0]}")
    set_threads_for(task.image_size)
    _, image, seen = _look(loaded, picture)
    explanations = explain_queries(checkpoint, image, queries, surgery, seen)
    if surgery and untouched is None:
        untouched = explain_queries(checkpoint, image, queries, seen=seen)
    before: Sequence[Explanation | None] = untouched or [None] * len(queries)
    truths = [picture.truths.get(query) for query in queries]
    return [_reading(*told) for told in zip(explanations, truths, before, strict=True)]


def _look(loaded: _Loaded, picture: Picture) -> _Seen:
    """What a network sees of a picture; once, however often it is asked about it."""
    if loaded.seen is None or loaded.seen.picture is not picture:
        image = fitted_at(picture, loaded.checkpoint.task.image_size)
        loaded.seen = _Seen(picture, image, see(loaded.checkpoint, image))
    return loaded.seen


def _reading(explanation: Explanation, truth: Truth | None, untouched: Explanation | None) -> Reading:
    region = truth.region(len(explanation.image)) if truth else None
    layers = tuple(_read_layer(layer, explanation, region) for layer in explanation.layers)
    return Reading(explanation, layers, truth.answers if truth else (), _rank(explanation, truth), untouched)


def _rank(explanation: Explanation, truth: Truth | None) -> int | None:
    """The best place of a right answer among the answers; None where none is known or can be answered."""
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
