"""`pan report`: the paper's tables and figures from trained networks."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from pan.checkpoints.file import load_checkpoint
from pan.cli.outputs import check_output
from pan.cli.progress import ProgressBar
from pan.cli.terminal import say
from pan.data.labelled.index import is_labelled
from pan.data.parts import evaluated_part
from pan.data.sources import Sources
from pan.report.digits.results import Settings, load_networks, shipped_names
from pan.report.digits.writing import write_report
from pan.report.page.writing import write_report_page
from pan.report.set_report import write_set_report
from pan.report.table import REPORT
from pan.studies import RESULTS, read_records
from pan.system.errors import InputError
from pan.system.steps import Preparing


def run(arguments: Namespace) -> None:
    """Measure, draw and write; the folder and the networks are checked first."""
    check_output(arguments.out / REPORT)
    report = _report_on_digits(arguments) if arguments.data is None else _report_on_set(arguments)
    if arguments.html:
        say(f"{write_report_page(report)}: the same as one page")


def _report_on_digits(arguments: Namespace) -> Path:
    checkpoints = load_networks(arguments.checkpoints)
    sources = Sources(data_root=arguments.data_root, backgrounds=arguments.backgrounds)
    records = read_records(arguments.studies or RESULTS)
    if arguments.studies is not None and not records:
        raise InputError(f"{arguments.studies} holds no records; give the folder that pan study wrote into.")
    settings = Settings(arguments.count, arguments.seed, sources, arguments.device)
    work = write_report(checkpoints, arguments.out, settings, records)
    report = _run(work)
    say(f"{report}: {_number_of(len(checkpoints), 'network')}, {_number_of(arguments.count, 'scene')} a kind")
    return report


def _report_on_set(arguments: Namespace) -> Path:
    several = is_labelled(evaluated_part(arguments.data).folder)
    names = arguments.checkpoints or (shipped_names(several=True) if several else ())
    if not names:
        raise InputError("no shipped checkpoint has the words of this set; name checkpoints.")
    checkpoints = [load_checkpoint(name) for name in names]
    report = _run(write_set_report(checkpoints, arguments.out, arguments.data, arguments.device))
    say(f"{report}: {_number_of(len(names), 'network')} on {arguments.data}")
    return report


def _number_of(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _run(work: Generator[Preparing, None, Path]) -> Path:
    with closing(ProgressBar()) as progress:
        return progress.run(work)
