"""The documentation pages that come with the program."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
PAGES = ("window", "walk", "command-line", "python", "data-formats", "training", "results", "visual-genome", "sharing",
         "speed", "reliability", "architecture", "decisions")  # fmt: skip
"""The pages in the order of the list."""

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#]*)(#[^)]*)?\)")


def docs_folder() -> Path:
    """The folder `docs`: inside the installed package, or at the top of a checkout."""
    installed = PACKAGE / "docs"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "docs"


def page_text(name: str) -> str:
    """A page as Markdown; pictures and links without their file become plain text."""
    folder = docs_folder()

    def keep(match: re.Match[str]) -> str:
        picture, words, target = match[1], match[2], match[3]
        if target.startswith("http") or (folder / target).exists():
            return match[0]
        return f"*{words}*" if picture else words

    return LINK.sub(keep, (folder / f"{name}.md").read_text(encoding="utf-8"))


def page_title(name: str) -> str:
    """A page's first heading."""
    return page_text(name).partition("\n")[0].removeprefix("# ")


def anchor(heading: str) -> str:
    """The fragment of a link to a heading: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
