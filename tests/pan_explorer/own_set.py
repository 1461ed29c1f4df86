"""Small sets of one's own, with words that no shipped network knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from pan.checkpoints.file import save_checkpoint
from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.task import Task

ROWS = (
    ("0.png", "heart", "red"), ("0.png", "star", "blue"), ("1.png", "cross", "red"), ("1.png", "heart", "blue"),
    ("1.png", "circle", "blue"), ("1.png", "triangle", "red"),
)  # fmt: skip
"""Image, query, answer; the first image lacks the first word of the alphabet."""


def write_own_set(folder: Path, rows=ROWS, *, several: bool = False) -> Path:
    """Noise with questions about it, each of one answer or of several."""
    (folder / "images").mkdir(parents=True)
    noise = np.random.default_rng(0)
    for name in sorted({row[0] for row in rows}):
        Image.fromarray(noise.integers(0, 255, (40, 40, 3), np.uint8)).save(folder / "images" / name)
    head, tail = ("image,query,answers,boxes", "1 1 20 20") if several else ("image,query,answer,scale,mask", ",")
    lines = [f"images/{image},{query},{answer},{tail}" for image, query, answer in rows]
    (folder / "index.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return folder


def write_masked_set(folder: Path, rows=ROWS) -> Path:
    """The same with a mask for each question of one answer: a square of its own."""
    write_own_set(folder, rows)
    (folder / "masks").mkdir()
    lines = ["image,query,answer,mask"]
    for number, (image, query, answer) in enumerate(rows):
        mask = np.zeros((40, 40), np.uint8)
        mask[3 * number : 3 * number + 9, 2:14] = 255
        Image.fromarray(mask).save(folder / f"masks/{number}.png")
        lines.append(f"images/{image},{query},{answer},masks/{number}.png")
    (folder / "index.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_own_network(run: Path, *, several: bool = False) -> str:
    """The file of an untrained network that knows the words of the set, in a run's folder."""
    task = Task(40, ("circle", "cross", "heart", "star", "triangle"), ("blue", "red"), several=several)
    recipe = find_recipe("mref/san").with_fields(channels=4, hidden=4, start="", image_size=40)
    run.mkdir()
    save_checkpoint(run / "best.safetensors", build_model(recipe, task).eval(), recipe, task, {})
    (run / "recipe.json").write_text("{}", encoding="utf-8")
    return str(run / "best.safetensors")
