"""Every snippet of the README and of `docs/` is run, page by page, in a folder that begins empty.

`python` blocks share one set of names, as the cells of a notebook do. Of `bash` blocks each line is a command:

- `pan` is run. It is only parsed, so that it must still be accepted, if it downloads, or if a comment on its line says
  that it takes minutes or hours.
- `pan-explorer` opens the window, and is only parsed.
- Those of `OTHERS` install something or are other programs, and are not run.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from pan.cli import main
from pan.cli.parser import build_parser
from pan.system.errors import InputError
from pan_explorer.__main__ import _parser as build_window_parser
from tests.docs.pages import PAGES, name, tokens

OTHERS = {"pip", "pipx", "uv", "pytest", "pdoc", "jupyter", "torchrun"}
LONG = re.compile(r"#.*\b(minutes?|hours?)\b")


def commands(block: str) -> Iterator[tuple[list[str], bool]]:
    """The commands of a block as words, and whether each takes long."""
    for line in block.replace("\\\n", " ").splitlines():
        if words := shlex.split(line, comments=True):
            yield words, LONG.search(line) is not None


def run(words: list[str], *, long: bool) -> None:
    program, *arguments = words
    if program == "pan":
        if long or arguments[:2] == ["data", "download"]:
            build_parser().parse_args(arguments)
        else:
            assert main(arguments) == 0, words
    elif program == "pan-explorer":
        build_window_parser().parse_args(arguments)
    else:
        assert program in OTHERS, f"{program} is neither run nor excepted"

SHOWN = ("text", "json")
"""What a file looks like, or a program prints."""


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_snippet_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data of the user"))
    names: dict[str, object] = {}
    for token in tokens(page.read_text(encoding="utf-8")):
        assert token.type != "code_block", f"an indented block is not run; fence it: {token.content}"
        if token.type != "fence":
            continue
        if token.info == "python":
            exec(compile(token.content, str(page), "exec"), names)
            continue
        if token.info in SHOWN:
            continue
        assert token.info == "bash", f"“{token.info}” is not run; a block is python, bash or one of {SHOWN}"
        for words, long in commands(token.content):
            run(words, long=long)


def test_slow_snippets_are_marked_by_a_comment():
    block = "pan train mref/san   # an hour\npan info  # quickly\n"
    assert list(commands(block)) == [(["pan", "train", "mref/san"], True), (["pan", "info"], False)]
    with pytest.raises(InputError, match="unrecognized arguments"):
        run(["pan", "train", "mref/san", "--no-such-option"], long=True)
