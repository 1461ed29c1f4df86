"""`pan study`: a study's trainings in turn, a line and a record for each."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from pan.cli.terminal import Progress, note, percent, say
from pan.data.sources import Preparing, Sources
from pan.studies import RESULTS, Recorded, plan, run_trials
from pan.studies.running import Drawn
from pan.system.errors import InputError
from pan.training.events import Event, Step


def run(arguments: Namespace) -> None:
    """Train what has no record yet; Ctrl-C or a kill stops, and the same command goes on."""
    trials = plan(arguments.study, questions=arguments.questions, kinds=arguments.kinds, models=arguments.models)
    if arguments.list:
        for trial in trials:
            say(f"{trial.name}  {trial.recipe.optimization.questions:,} questions  {trial.says}")
        return
    folder: Path | None = arguments.out
    if folder is None:
        raise InputError("give the study's folder by --out, or look at its plan by --list.")
    sources = Sources(data_root=arguments.data_root, backgrounds=arguments.backgrounds)
    test = Drawn(arguments.count, arguments.test_seed)
    note(f"{len(trials)} trainings; records in {folder}, to be shipped in {RESULTS}")
    try:
        with closing(Progress()) as progress:
            for event in run_trials(trials, folder, sources, test, arguments.device):
                _tell(event, progress)
    except KeyboardInterrupt:
        note("stopped; the same command goes on")
        raise


def _tell(event: Event | Recorded, progress: Progress) -> None:
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
