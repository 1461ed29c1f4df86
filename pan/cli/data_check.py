"""`pan data check`: the content of a set, its problems, and the accuracy of guessing baselines."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from pan.cli.outputs import check_json_output, set_files
from pan.cli.progress import ProgressBar
from pan.cli.terminal import say, write_json
from pan.data.check import Checked, check_set
from pan.data.check.summary import Fact, commands, facts, faults, headline


def run(arguments: Namespace) -> None:
    """Check the set and print the findings."""
    check_json_output(arguments.json, set_files(arguments.data))
    with closing(ProgressBar()) as progress:
        checked = progress.run(check_set(arguments.data))
    if arguments.json is not None:
        write_json(arguments.json, checked.to_json())
    else:
        say("\n".join(_lines(checked)))


def _lines(checked: Checked) -> list[str]:
    return [headline(checked), *map(_line, facts(checked)), *faults(checked), *map(_line, commands(checked))]


def _line(fact: Fact) -> str:
    return f"{fact.name:<10}{fact.text}"
