"""Writes a report as one HTML file that contains its pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pan.figures.page.environment import page_environment
from pan.report.table import write_text

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
CHAPTER = "h2"


def write_report_page(report: Path) -> Path:
    """Write `report.html` beside `report.md`; links to other files are left out, so that the page can be sent alone.

    Args:
        report: The path of the Markdown file; its pictures are PNG files in the same folder.

    Returns:
        The path of the page.

    Raises:
        InputError: If it cannot be written.
    """
    tokens = MARKDOWN.parse(report.read_text(encoding="utf-8"))
    for token in tokens:
        token.children = list(_inside(token.children or [], report.parent))
    tokens = _without_empty(tokens)
    chapters = _chapters(tokens)
    page = report.with_suffix(".html")
    write_text(page, page_environment(Path(__file__).parent).get_template("report.html").render(
        title=next(words for tag, words in _headings(tokens) if tag == "h1"), chapters=chapters,
        body=MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}),
    ))  # fmt: skip
    return page


def _inside(words: Sequence[Token], folder: Path) -> Iterator[Token]:
    """The content of a paragraph with embedded pictures and without links to other files."""
    left_out = False
    for word in words:
        if word.type == "link_open":
            left_out = "://" not in str(word.attrs["href"])
        if word.type == "image":
            picture = (folder / str(word.attrs["src"])).read_bytes()
            word.attrs["src"] = f"data:image/png;base64,{b64encode(picture).decode()}"
        if not left_out:
            yield word
        if word.type == "link_close":
            left_out = False


def _without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Remove paragraphs that have only punctuation left."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if token.type == "paragraph_close" and not _says_something(kept[-2]):
            del kept[-3:]
    return kept


def _says_something(paragraph: Token) -> bool:
    words = paragraph.children or []
    return any(word.type == "image" or any(map(str.isalnum, word.content)) for word in words)


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            yield token.tag, inside.content


def _chapters(tokens: Sequence[Token]) -> list[str]:
    """The titles of the chapters; each heading gets an anchor with its number."""
    openings = [token for token in tokens if token.type == "heading_open" and token.tag == CHAPTER]
    for number, opening in enumerate(openings, start=1):
        opening.attrs["id"] = f"chapter-{number}"
    return [words for tag, words in _headings(tokens) if tag == CHAPTER]
