"""No link of the README, the pages and the notebooks leads nowhere, and every page is reached from the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.pages import CHECKOUT, DOCS, NOTEBOOKS, PAGES, markdown, name, tokens

TEXTS = (*PAGES, CHECKOUT / "CHANGELOG.md", *NOTEBOOKS)


def targets(path: Path) -> Iterator[str]:
    for token in tokens(markdown(path)):
        target = token.attrGet("href") if token.type == "link_open" else token.attrGet("src")
        if target is not None:
            yield str(target)


def anchors(path: Path) -> set[str]:
    """What links to a page's headings end with, as code hosts make it."""
    parts = list(tokens(markdown(path)))
    headings = [after.content for token, after in pairwise(parts) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_every_link_leads_somewhere(path: Path):
    for target in targets(path):
        if target.startswith("https://"):
            continue
        file, _, heading = target.partition("#")
        there = path.parent / file if file else path
        assert there.exists(), f"{name(path)} links to {target}"
        assert not heading or heading in anchors(there), f"{name(path)} links to {target}"


def test_every_page_and_notebook_is_reached_from_the_readme():
    readme = PAGES[0]
    linked = {(readme.parent / target.partition("#")[0]).resolve() for target in targets(readme)}
    assert {path.resolve() for path in (*DOCS.glob("*.md"), *NOTEBOOKS)} <= linked


def test_every_picture_of_the_docs_is_shown():
    shown = {(path.parent / target).resolve() for path in PAGES for target in targets(path)}
    assert {path.resolve() for path in DOCS.glob("*.png")} <= shown


def test_the_readme_is_one_screen():
    assert len(PAGES[0].read_text(encoding="utf-8").splitlines()) <= 120
