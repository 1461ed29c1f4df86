"""The content of a page as JSON values for its script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from jaxtyping import Float

from pan.attention.surgery import Surgery
from pan.explaining.explain import Explanation, LayerExplanation, ViewExplanation
from pan.figures.page.content import Asked, Content, NetworkKey
from pan.figures.page.encoding import as_picture, as_shorts
from pan.figures.palette import distinct_colour, model_title


def json_values(content: Content) -> dict[str, Any]:
    """Networks, layers, pictures with their queries, and each distinct network input once."""
    images = _Images()
    return {
        "networks": _networks(content.networks),
        "layers": content.layers,
        "pictures": [
            {"name": name, "queries": [_asked(each, content.networks, images) for each in queries]}
            for name, queries in content.pictures.items()
        ],
        "images": images.values,
    }


class _Images:
    """The distinct network inputs of a page."""

    def __init__(self) -> None:
        self._places: dict[bytes, int] = {}
        self.values: list[dict[str, Any]] = []

    def place(self, explanation: Explanation) -> int:
        """The index of a network's input in the list."""
        key = explanation.image.tobytes()
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append({"size": len(explanation.image), "address": as_picture(explanation.image)})
        return self._places[key]


def _networks(networks: dict[NetworkKey, Explanation]) -> list[dict[str, Any]]:
    colours: list[str] = []
    for first in networks.values():
        colours.append(distinct_colour(first.model, colours))
    return [
        {
            "name": first.checkpoint, "title": model_title(first.model), "colour": colour, "answers": first.answers,
            "changed": first.surgery.in_words(), "edits": _edits(first.surgery),
        }
        for first, colour in zip(networks.values(), colours, strict=True)
    ]  # fmt: skip


def _edits(surgery: Surgery) -> dict[str, Any]:
    return {layer: {"words": edit.in_words(), "closed": sorted(edit.closed), "open": sorted(edit.open)}
            for layer, edit in surgery.edits.items()}  # fmt: skip


def _asked(asked: Asked, networks: Iterable[NetworkKey], images: _Images) -> dict[str, Any]:
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
