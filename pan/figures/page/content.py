"""The content of a page: pictures, their queries, and each network's explanation."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pan.explaining.explain import Explanation

NetworkKey = tuple[str, str]
"""What tells networks of a page apart: the checkpoint's name, and its surgery as JSON."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A query about a picture, with the networks' explanations.

    Attributes:
        query: The query.
        right: The right answers; empty if they are not known.
        said: The explanation of each network.
    """

    query: str
    right: tuple[str, ...]
    said: dict[NetworkKey, Explanation]


@dataclass(frozen=True, eq=False)
class Content:
    """The content of a page.

    Attributes:
        networks: The first explanation of each network; it holds the network's name and answers.
        pictures: The queries about each picture, by the picture's name.
    """

    networks: dict[NetworkKey, Explanation]
    pictures: dict[str, list[Asked]]

    @staticmethod
    def of(
        explanations: Sequence[Explanation], pictures: Sequence[str], right: Sequence[Collection[str]]
    ) -> Content:
        """Group explanations by picture, query and network, each in the order of first occurrence.

        Args:
            explanations: At least one explanation.
            pictures: The name of each one's picture; if empty, explanations with equal pixels share a picture.
            right: The right answers of each one; empty if they are not known.
        """
        names = pictures or _numbered(explanations)
        rights = right or [()] * len(explanations)
        networks: dict[NetworkKey, Explanation] = {}
        asked: dict[str, dict[str, Asked]] = {}
        for explanation, name, answers in zip(explanations, names, rights, strict=True):
            network = explanation.checkpoint, json.dumps(explanation.surgery.to_json())
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


def _attended(explanation: Explanation) -> list[str]:
    return [*(layer.name for layer in explanation.layers), *(view.name for view in explanation.views)]


def _numbered(explanations: Sequence[Explanation]) -> list[str]:
    seen: dict[bytes, str] = {}
    return [seen.setdefault(each.image.tobytes(), f"picture {len(seen) + 1}") for each in explanations]
