"""`pan train`: trains a recipe as a new run, or continues a run."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from pan.cli.progress import ProgressBar
from pan.cli.terminal import note, percent, say
from pan.data.check import about_words, read_rows
from pan.data.guesses import Guesses
from pan.data.own_set import recipe_for
from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan.system.steps import Preparing
from pan.training.distributed import folder_of_process, joined, process_group
from pan.training.events import Epoch, Event, Finished, Started, Step, Validating
from pan.training.loop import resume, train
from pan.training.runs.folder import RECIPE, new_run
from pan.training.runs.known import remember_run

FIXED_BY_RUN = ("recipe", "preset", "start", "weights", "from_scratch", "settings", "epochs", "seed", "out")


def run(arguments: Namespace) -> None:
    """Train, and print a line for each epoch; after Ctrl-C the run can be resumed.

    Of several processes (torchrun), only the first one prints.
    """
    with joined(arguments.device) as device:
        try:
            _run(arguments, device)
        except InputError:
            if process_group().is_first:
                raise
            raise SystemExit(2) from None  # the first process prints the message


def _run(arguments: Namespace, device: str) -> None:
    recipe = _given_recipe(arguments)
    sources = Sources(arguments.data_root, arguments.backgrounds, arguments.data, arguments.validation)
    prints = process_group().is_first
    with folder_of_process(_folder(arguments, recipe), begun=recipe is None) as run:
        events = resume(run, device, sources) if recipe is None else train(recipe, run, sources, device)
        try:
            _follow(events, run, sources.data, prints=prints)
        except InputError:
            if arguments.out is None and recipe is not None:
                with suppress(OSError):
                    run.rmdir()  # removes the folder if it is empty
            raise
        except KeyboardInterrupt:
            if prints and (run / RECIPE).exists():
                note(f"stopped; continue with pan train --resume {run}")
            raise


def _follow(events: Iterable[Event], run: Path, data: Path | None, *, prints: bool) -> None:
    """Train to the end, and if this process prints, show the events with remarks on the data and on the result."""
    guesses: Guesses | None = None
    with closing(ProgressBar()) as progress:
        for event in events:
            if not prints:
                continue
            _show(event, progress)
            if isinstance(event, Started):
                remember_run(run)
                guesses = event.guesses
                for remark in about_words(read_rows(data)) if data else ():
                    note(remark)
            if isinstance(event, Finished) and guesses and (remark := guesses.remark(event.merit)):
                note(remark)


def _given_recipe(arguments: Namespace) -> Recipe | None:
    """The recipe; None for a resumed run."""
    if arguments.resume is not None:
        if fixed := [name for name in FIXED_BY_RUN if _is_given(getattr(arguments, name))]:
            names = ", ".join(name.replace("_", "-") for name in fixed)
            raise InputError(f"--resume continues with the recipe of its run; leave out {names}.")
        return None
    if arguments.recipe is None:
        raise InputError("give a recipe such as mref/pan-ctx, or a run with --resume.")
    if arguments.validation is not None and arguments.data is None:
        raise InputError("--validation needs --data; training on drawn scenes is validated on drawn scenes.")
    return _recipe(arguments)


def _folder(arguments: Namespace, recipe: Recipe | None) -> Path:
    """The run's folder. The first process alone makes a new one; the others write elsewhere, and need only a name."""
    folder: Path = arguments.resume if recipe is None else arguments.out or Path(recipe.model)
    if recipe is not None and arguments.out is None and process_group().is_first:
        return new_run(recipe)
    return folder


def _is_given(value: object) -> bool:
    """Whether an option was given; --seed 0 counts as given."""
    return value is not None and value is not False and value != []


def _recipe(arguments: Namespace) -> Recipe:
    recipe = recipe_for(arguments.recipe, arguments.preset or "standard", arguments.data)
    if arguments.start is not None:
        recipe = recipe.with_fields(start=arguments.start)
    if arguments.weights is not None or arguments.from_scratch:
        recipe = _with_trunk_weights(recipe, arguments.weights or "")
    if arguments.seed is not None:
        recipe = recipe.with_fields(seed=arguments.seed)
    recipe = recipe.with_settings(dict(arguments.settings))
    if arguments.epochs is not None:
        steps = max(1, recipe.optimization.epoch_questions // recipe.data.batch_questions)
        recipe = recipe.with_fields(questions=arguments.epochs * steps * recipe.data.batch_questions)
    return recipe


def _with_trunk_weights(recipe: Recipe, weights: str) -> Recipe:
    if recipe.network.trunk != "vgg-16":
        raise InputError(f"--weights and --from-scratch are for VGG-16, and {recipe.name} has another trunk.")
    return recipe.with_fields(weights=weights)


def _show(event: Event, progress: ProgressBar) -> None:
    match event:
        case Preparing():
            progress.show(event.what, event.done, event.total)
        case Started():
            progress.close()
            note(_summary(event))
        case Step():
            progress.show("training", event.step, event.steps)
        case Validating():
            progress.show("validating", event.done, event.total)
        case Epoch():
            progress.close()
            say(_epoch_line(event))
        case Finished():
            say(f"{event.run}: best {percent(event.merit)} % in validation, {event.seconds:.0f} s")
        case _:
            pass


def _summary(started: Started) -> str:
    training = f"{started.recipe.name} ({started.recipe.preset}) on {started.device}, {started.precision}"
    lines = [f"{training}, {started.parameters:,} parameters, {started.steps:,} steps", f"data: {started.source}"]
    if started.taken:
        lines.append(f"start: {started.taken} from {started.recipe.start}")
    if started.recipe.network.weights:
        lines.append(f"trunk: {started.recipe.network.weights}")
    if started.step:
        lines.append(f"continuing after step {started.step:,}")
    if started.guesses:
        lines.append("guessing baselines: {} % right without the image, at most {} % without the query".format(
            *map(percent, started.guesses)))
    return "\n".join([*lines, f"run: {started.run}"])


def _epoch_line(epoch: Epoch) -> str:
    layers = " ".join(map(percent, epoch.accuracy_by_layer))
    mean = epoch.mean_average_precision
    ranked = "" if mean is None else f"  mAP {percent(mean)} %"
    attention = " > ".join(map(percent, epoch.tpr_by_layer))
    covering = " > ".join(map(percent, epoch.pxap_by_layer))
    return (f"epoch {epoch.epoch}/{epoch.epochs}  loss {epoch.loss:.3f}  right {percent(epoch.accuracy)} %"
            f"  validation {percent(epoch.validation_accuracy)} %{ranked}  by layer {layers} %"
            f"  on target {attention} %  PxAP {covering} %  {epoch.seconds:.0f} s"
            f"{'  best' if epoch.best else ''}")  # fmt: skip
