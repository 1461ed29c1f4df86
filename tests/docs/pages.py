"""The README and the pages of `docs/`, as tests read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"
PAGES = (CHECKOUT / "README.md", *sorted(DOCS.glob("*.md")))
NOTEBOOKS = tuple(sorted(DOCS.glob("*.ipynb")))


def name(path: Path) -> str:
    """What a page is called in the list of tests."""
    return path.relative_to(CHECKOUT).as_posix()


def tokens(text: str) -> Iterator[Token]:
    """All parts of a text in Markdown, those inside paragraphs and tables too."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()


def markdown(path: Path) -> str:
    """A page's text, or that of a notebook's cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    return "\n\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown")
