"""The texts of a training run: times, shares, summary and command lines."""

from __future__ import annotations

import shlex
from pathlib import Path

from pan.data.sources import Sources
from pan.recipes.by_name import RECIPES
from pan.recipes.recipe import Recipe
from pan_explorer.widgets.recipe_form import as_text


def duration(seconds: float) -> str:
    """A duration in short form: `48 s`, `3 min 40 s`, `25 min`, `2 h 5 min`."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes < 1:
        return f"{whole} s"
    if minutes < 10:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(whole / 60), 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def about(seconds: float) -> str:
    """An estimated duration, rounded: `40 s`, `7 min`, `2 h 5 min`."""
    if seconds < 90:
        return f"{max(10, 10 * round(seconds / 10))} s"
    if seconds < 3_600:
        return duration(60 * round(seconds / 60))
    return duration(300 * round(seconds / 300))


def percent(share: float) -> str:
    """A fraction as a percentage: `97.3 %`."""
    return f"{100 * share:.1f} %"


def command_line(recipe: Recipe, base: Recipe, device: str, sources: Sources) -> str:
    """The equivalent shell command.

    Args:
        recipe: The recipe of the run.
        base: The unchanged recipe of the same name and preset.
        device: The chosen device.
        sources: The sources of the images.
    """
    name = recipe.name if recipe.name in RECIPES else recipe.model  # the words of a user's set come with --data
    words = ["pan", "train", name, "--preset", recipe.preset, "--device", device]
    for field, value in recipe.changes_from(base).items():
        words += ["--set", f"{field}={as_text(value)}"]
    for option, path in vars(sources).items():
        if path is not None:
            words += [f"--{option.replace('_', '-')}", str(path)]
    return shlex.join(words)


def about_what(recipe: Recipe, sources: Sources) -> str:
    """The subject of the questions: the name of a set, or the scenes that the recipe draws."""
    if sources.data is not None:
        return f"about {sources.data.name}"
    return "about composed photographs" if recipe.kind == "vg-tiny" else f"about {recipe.kind.upper()} scenes"


def plan_lines(recipe: Recipe, base: Recipe, sources: Sources, time: str) -> list[str]:
    """The summary of a run: the number and subject of its questions, the changed fields and the other folders.

    Args:
        recipe: The recipe of the run.
        base: The unchanged recipe of the same name and preset.
        sources: The sources of the images.
        time: The estimated time in words.
    """
    lines = [f"{recipe.optimization.questions:,} questions {about_what(recipe, sources)}, {time}"]
    if changed := recipe.changes_from(base):
        lines.append(f"changed: {', '.join(changed)}")
    words = {"validation": "validation", "backgrounds": "photographs", "data_root": "MNIST"}
    if folders := [f"{words[name]}: {path.name}" for name, path in vars(sources).items() if path and name in words]:
        lines.append(", ".join(folders))
    return lines


def resume_line(run: Path, device: str) -> str:
    """The shell command that resumes a run."""
    return shlex.join(["pan", "train", "--resume", str(run), "--device", device])
