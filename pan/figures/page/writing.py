"""Writes a page: the template rendered with style, script and content into one file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from markdown_it import MarkdownIt
from matplotlib import colormaps

from pan.explaining.explain import Explanation
from pan.figures.page.content import Content
from pan.figures.page.encoding import as_bytes
from pan.figures.page.environment import page_environment
from pan.figures.page.values import json_values
from pan.system.errors import InputError
from pan.system.files import write_whole

SUFFIX = ".html"
COLOUR_MAP = "inferno"
"""The same as in the window."""


def save_page(
    explanations: Sequence[Explanation],
    path: Path,
    pictures: Sequence[str] = (),
    right: Sequence[Collection[str]] = (),
    notes: Mapping[str, str] | None = None,
) -> None:
    """Write an interactive page of explanations, layer by layer.

    The file is self-contained and makes no requests. It holds the maps of `LayerExplanation.attention`, encoded by
    `as_shorts`; its script samples them at the image's pixels and multiplies them up to the shown layer.

    Args:
        explanations: Of any pictures, queries and networks; a network with surgery is shown beside the unchanged one.
        path: A path that ends in .html.
        pictures: The name of each explanation's picture, such as its file; explanations with the same name share a
            picture. If empty, explanations with equal pixels do.
        right: The right answers of each explanation; empty if they are not known.
        notes: Markdown text above a picture, by the picture's name. A page with notes shows, for each picture, only
            the networks that were asked about it.

    Raises:
        InputError: If there is nothing to show, the suffix is another, or the file cannot be written.
    """
    if path.suffix.lower() != SUFFIX:
        raise InputError(f"{path} must end in {SUFFIX}.")
    if not explanations:
        raise InputError("there is nothing to show on a page; ask a network first.")
    text = render_page(Content.of(explanations, pictures, right), notes or {})
    write_whole(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def render_page(content: Content, notes: Mapping[str, str]) -> str:
    """The page as HTML."""
    markdown = MarkdownIt("commonmark", {"html": False})
    written = [markdown.render(notes.get(name, "")) for name in content.pictures] if notes else []
    table = np.rint(255 * colormaps[COLOUR_MAP](np.arange(256))[:, :3]).astype(np.uint8)
    return page_environment().get_template("template.html").render(
        content=content, notes=written, data={**json_values(content), "colours": as_bytes(table)}
    )
