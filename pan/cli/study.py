"""`pan study`: runs the trainings of a study; each one prints a line and writes a record."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pan.cli.progress import ProgressBar
from pan.cli.terminal import note, percent, say
from pan.data.sources import Sources
from pan.studies import RESULTS, Recorded, plan, run_trials
from pan.studies.running import Drawn
from pan.system.errors import InputError
from pan.system.steps import Preparing
from pan.training.events import Event, Step


def run(arguments: Namespace) -> None:
    """Train everything that has no record yet; after an interruption, the same command continues."""
    trials = plan(arguments.study, questions=arguments.questions, kinds=arguments.kinds, models=arguments.models)
    if arguments.list:
        for trial in trials:
            say(f"{trial.name}  {trial.recipe.optimization.questions:,} questions  {trial.says}")
        return
    folder: Path | None = arguments.out
    if folder is None:
        raise InputError("give the study's folder with --out, or list its trainings with --list.")
    sources = Sources(data_root=arguments.data_root, backgrounds=arguments.backgrounds)
    test = Drawn(arguments.count, arguments.test_seed)
    note(f"{len(trials)} trainings; records in {folder}, to be shipped in {RESULTS}")
    try:
        with closing(ProgressBar()) as progress:
            for event in run_trials(trials, folder, sources, test, arguments.device):
                _show(event, progress)
    except KeyboardInterrupt:
        note("stopped; run the same command to continue")
        raise


def _show(event: Event | Recorded, progress: ProgressBar) -> None:
    match event:
        case Preparing():
            progress.show(event.what, event.done, event.total)
        case Step():
            progress.show("training", event.step, event.steps)
        case Recorded():
            progress.close()
            measured = event.record.evaluation
            attention = " > ".join(map(percent, measured["tpr_by_layer"] or [None]))
            say(f"{event.trial.name}: {percent(measured['accuracy'])} % right, on target {attention} %, "
                f"{event.record.seconds:.0f} s")  # fmt: skip
        case _:
            pass
