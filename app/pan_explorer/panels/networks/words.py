"""The measures and the recipe of a trained network as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isnan
from typing import TYPE_CHECKING, Any

from pan.data.sources import Sources
from pan_explorer.panels.training.words import command_line, percent
from pan_explorer.widgets.recipe_form import as_text

if TYPE_CHECKING:
    from pan.checkpoints.library import Entry

MEASURED = (("test", "in test"), ("validation", "in validation"))
"""The parts of the data with measures, the most important first."""


def file_size(count: float) -> str:
    """A file size in short form: `212 kB`, `1.4 MB`."""
    for unit in ("B", "kB", "MB"):
        if count < 999.5:
            return f"{count:.0f} {unit}" if count >= 9.95 or unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def day(seconds: float) -> str:
    """A day."""
    return f"{datetime.fromtimestamp(seconds):%d %b %Y}"


def accuracy(entry: Entry) -> str:
    """The accuracy and its part of the data; a dash if there is no measure."""
    for part, words in MEASURED:
        share = _part(entry.metrics, part).get("accuracy")
        if isinstance(share, float) and not isnan(share):
            return f"{percent(share)} {words}"
    return "–" if entry.trained else "not trained yet"


def on_target(entry: Entry) -> str:
    """The TPR of the accumulated attention after the last layer."""
    for part, _ in MEASURED:
        if text := _chain(_part(entry.metrics, part).get("tpr_by_layer")):
            return text.rpartition(" › ")[2]
    return "–"


def data(entry: Entry) -> str:
    """The training data in words."""
    if entry.sources and entry.sources.data:
        return entry.sources.data.name
    return entry.recipe.kind


def facts(entry: Entry) -> list[tuple[str, str]]:
    """All facts besides the recipe, each with its name and its value."""
    lines = [("network", entry.recipe.model), ("data", data(entry)), ("preset", entry.recipe.preset)]
    for part, words in MEASURED:
        measured = _part(entry.metrics, part)
        if isinstance(share := measured.get("accuracy"), float):
            lines.append((f"right {words}", percent(share)))
        if " › " in (text := _chain(measured.get("accuracy_by_layer"))):
            lines.append(("by layer", text))
        if text := _chain(measured.get("tpr_by_layer")):
            lines.append(("on target", text))
    if isinstance(questions := entry.metrics.get("questions_trained"), int):
        lines.append(("trained with", f"{questions:,} questions"))
    return [*lines, ("on disk", file_size(entry.size)),
            ("since", f"{datetime.fromtimestamp(entry.changed):%d %b %Y, %H:%M}")]  # fmt: skip


def command(entry: Entry) -> str:
    """The shell command that trains it again; empty if its recipe is unknown."""
    if entry.base is None:
        return ""
    return command_line(entry.recipe, entry.base, "auto", entry.sources or Sources())


def recipe_lines(entry: Entry) -> str:
    """Every field of the recipe; first those that differ from its preset."""
    changed = entry.recipe.changes_from(entry.base) if entry.base else {}
    rest = {name: value for name, value in entry.recipe.to_json().items() if name not in changed}
    return "\n".join([*_lines(changed), *([""] if changed else []), *_lines(rest)])


def _lines(values: Mapping[str, object]) -> list[str]:
    return [f"{name:<20} {as_text(value) or '–'}" for name, value in values.items()]


def _chain(shares: object) -> str:
    if not isinstance(shares, list):
        return ""
    known = [f"{100 * share:.1f}" for share in shares if isinstance(share, float) and not isnan(share)]
    return " › ".join(known) + " %" if known else ""


def _part(metrics: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = metrics.get(name)
    return part if isinstance(part, dict) else {}
