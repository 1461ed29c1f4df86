"""`pan report`: the paper's tables and figures from trained networks."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from pan.cli.terminal import Progress, check_output, say
from pan.data.sources import Preparing, Sources
from pan.report import Settings, load_networks, write_report


def run(arguments: Namespace) -> None:
    """Measure, draw and write; what is wrong with the folder or the networks is found before."""
    check_output(arguments.out / "report.md")
    checkpoints = load_networks(arguments.checkpoints)
    sources = Sources(data_root=arguments.data_root, backgrounds=arguments.backgrounds)
    work = write_report(checkpoints, arguments.out, Settings(arguments.count, arguments.seed, sources))
    with closing(Progress()) as progress:
        while True:
            try:
                step: Preparing = next(work)
            except StopIteration as done:
                report = done.value
                break
            progress.show(step.what, step.done, step.total)
    say(f"{report}: {len(checkpoints)} networks, {arguments.count:,} scenes a kind")
