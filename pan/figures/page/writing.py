"""Writes a page: the template filled with style, script and content, as one file."""

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
"""That of the window."""


def save_page(
    explanations: Sequence[Explanation],
    path: Path,
    pictures: Sequence[str] = (),
    right: Sequence[Collection[str]] = (),
    notes: Mapping[str, str] | None = None,
) -> None:
    """Write a page on which the explanations can be looked through, layer by layer.

    The file holds everything: it asks no server for anything. Its maps are those of `LayerExplanation.attention`, as
    half floats; the page itself lays them over the image and multiplies them up to the shown layer.

    Args:
        explanations: Of any pictures, queries and networks; a network under surgery stands beside itself untouched.
        path: Ends in .html.
        pictures: For each explanation, what its picture is called, such as its file; explanations of one name stand
            together. Without, explanations of equal pixels do.
        right: For each explanation, the right answers, none where they are not known.
        notes: What is written above a picture, by the picture's name, as Markdown; such a page shows beside a picture
            only the networks that were asked about it.

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
    """The page as HTML, with notes above the pictures of these names."""
    markdown = MarkdownIt("commonmark", {"html": False})
    written = [markdown.render(notes.get(name, "")) for name in content.pictures] if notes else []
    table = np.rint(255 * colormaps[COLOUR_MAP](np.arange(256))[:, :3]).astype(np.uint8)
    return page_environment().get_template("template.html").render(
        content=content, notes=written, data={**json_values(content), "colours": as_bytes(table)}
    )
