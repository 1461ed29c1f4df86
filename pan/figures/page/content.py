"""What a page shows, as JSON values: pictures, the queries asked of each, and what every network said and attended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from pan.attention.surgery import Surgery
from pan.explaining.explain import Explanation, LayerExplanation, ViewExplanation
from pan.figures.page.encoding import as_picture, as_shorts
from pan.figures.palette import distinct_colour, model_title

Network = tuple[str, str]
"""A column of the page: a checkpoint and what was changed in it, in words."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A query of a picture, with the answers of the networks that were asked it.

    Attributes:
        query: The word.
        right: The right answers, none where they are not known.
        said: What each network said.
    """

    query: str
    right: tuple[str, ...]
    said: dict[Network, Explanation]


@dataclass(frozen=True, eq=False)
class Content:
    """All that a page shows.

    Attributes:
        networks: The first explanation of each, which tells its name and its words.
        pictures: For each picture, by its name, what was asked.
    """

    networks: dict[Network, Explanation]
    pictures: dict[str, list[Asked]]

    @staticmethod
    def of(
        explanations: Sequence[Explanation], pictures: Sequence[str], right: Sequence[Collection[str]]
    ) -> Content:
        """Sort explanations by picture, query and network, each in the order in which they first come.

        Args:
            explanations: At least one.
            pictures: For each, what its picture is called; none: explanations of equal pixels stand together.
            right: For each, the right answers; none: they are not known.
        """
        names = pictures or _numbered(explanations)
        rights = right or [()] * len(explanations)
        networks: dict[Network, Explanation] = {}
        asked: dict[str, dict[str, Asked]] = {}
        for explanation, name, answers in zip(explanations, names, rights, strict=True):
            network = explanation.checkpoint, explanation.surgery.in_words()
            networks.setdefault(network, explanation)
            queries = asked.setdefault(name, {})
            queries.setdefault(explanation.query, Asked(explanation.query, tuple(answers), {}))
            queries[explanation.query].said[network] = explanation
        return Content(networks, {name: list(queries.values()) for name, queries in asked.items()})

    @property
    def layers(self) -> list[str]:
        """The names of all attended layers and views, lowest first."""
        every = (said for queries in self.pictures.values() for asked in queries for said in asked.said.values())
        return sorted({name for each in every for name in _attended(each)})

    def to_json(self) -> dict[str, Any]:
        """What the page's script reads."""
        images = _Images()
        return {
            "networks": _networks(self.networks),
            "layers": self.layers,
            "pictures": [
                {"name": name, "queries": [_asked(each, self.networks, images) for each in queries]}
                for name, queries in self.pictures.items()
            ],
            "images": images.to_json(),
        }


class _Images:
    """The pictures of a page, each once however many networks saw it."""

    def __init__(self) -> None:
        self._places: dict[bytes, int] = {}
        self._values: list[dict[str, Any]] = []

    def place(self, explanation: Explanation) -> int:
        """Where what a network saw stands in the list."""
        key = explanation.image.tobytes()
        if key not in self._places:
            self._places[key] = len(self._values)
            self._values.append({"size": len(explanation.image), "address": as_picture(explanation.image)})
        return self._places[key]

    def to_json(self) -> list[dict[str, Any]]:
        return self._values


def _attended(explanation: Explanation) -> list[str]:
    return [*(layer.name for layer in explanation.layers), *(view.name for view in explanation.views)]


def _numbered(explanations: Sequence[Explanation]) -> list[str]:
    seen: dict[bytes, str] = {}
    return [seen.setdefault(each.image.tobytes(), f"picture {len(seen) + 1}") for each in explanations]


def _networks(networks: dict[Network, Explanation]) -> list[dict[str, Any]]:
    colours: list[str] = []
    for first in networks.values():
        colours.append(distinct_colour(first.model, colours))
    return [
        {
            "name": name, "title": model_title(first.model), "colour": colour, "answers": first.answers,
            "several": first.several, "changed": changed, "edits": _edits(first.surgery),
        }
        for (name, changed), first, colour in zip(networks, networks.values(), colours, strict=True)
    ]  # fmt: skip


def _edits(surgery: Surgery) -> dict[str, Any]:
    return {layer: {"words": edit.in_words(), "closed": sorted(edit.closed), "open": sorted(edit.open)}
            for layer, edit in surgery.edits.items()}  # fmt: skip


def _asked(asked: Asked, networks: Iterable[Network], images: _Images) -> dict[str, Any]:
    return {
        "word": asked.query,
        "right": asked.right,
        "said": [_said(asked.said[each], images) if each in asked.said else None for each in networks],
    }


def _said(explanation: Explanation, images: _Images) -> dict[str, Any]:
    return {
        "image": images.place(explanation),
        "probabilities": _rounded(explanation.probabilities),
        "layers": [_layer(layer) for layer in explanation.layers],
        "views": [_view(view) for view in explanation.views],
    }


def _layer(layer: LayerExplanation) -> dict[str, Any]:
    height, width = layer.attention.shape
    field = layer.field
    return {
        "name": layer.name, "kind": layer.kind, "height": height, "width": width,
        "attention": as_shorts(layer.attention), "probabilities": _answers(layer.probabilities),
        "first": field.start + field.size / 2, "stride": field.stride, "size": field.size,
    }  # fmt: skip


def _view(view: ViewExplanation) -> dict[str, Any]:
    return {"name": view.name, "outline": np.round(view.outline, 2).tolist(),
            "probabilities": _answers(view.probabilities)}  # fmt: skip


def _answers(probabilities: Float[np.ndarray, " K"] | None) -> list[float] | None:
    return None if probabilities is None else _rounded(probabilities)


def _rounded(probabilities: Float[np.ndarray, " K"]) -> list[float]:
    return [round(float(each), 4) for each in probabilities]
