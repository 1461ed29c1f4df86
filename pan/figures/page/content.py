"""What a page shows: pictures, the queries asked of each, and what every network said to them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pan.explaining.explain import Explanation

NetworkKey = tuple[str, str]
"""What tells networks of a page apart: the checkpoint's name, and its surgery as JSON."""


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
    said: dict[NetworkKey, Explanation]


@dataclass(frozen=True, eq=False)
class Content:
    """All that a page shows.

    Attributes:
        networks: The first explanation of each, which tells its name and its words.
        pictures: For each picture, by its name, what was asked.
    """

    networks: dict[NetworkKey, Explanation]
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
