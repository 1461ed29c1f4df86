"""Sets of one's own as a researcher brings them: shapes on noise, drawn here.

    python -m tests.own_sets DIR [--images 3000]

writes `shapes` and `wide-shapes` (query = shape, answer = colour, with masks), `colours` (query = colour, answer =
shape, without masks) and `things` (several answers, with boxes). Each has a `split.csv`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from pan.data.labelled.index import join_words
from pan.data.objects.shapes import draw_shape

SHAPES = ("cup", "fish", "heart", "house", "moon", "star")
COLOURS = {
    "blue": (40, 90, 205), "green": (30, 150, 70), "orange": (240, 140, 20), "red": (200, 30, 35),
    "violet": (140, 60, 180), "yellow": (245, 220, 50),
}  # fmt: skip
SQUARE, WIDE = (128, 128), (200, 150)
SMALLEST, LARGEST = 18, 52
LARGE = 35
FEWEST, MOST = 3, 6
TRIES = 60
PARTS = (*["train"] * 8, "val", "test")

Box = tuple[int, int, int, int]


class Shape(NamedTuple):
    """One shape of a picture.

    Attributes:
        word: What it is.
        colour: No two shapes of a picture share it.
        striped: Whether every third row shows what is behind.
        box: Left, top, width and height of its square.
        mask: Its pixels, as large as the picture.
    """

    word: str
    colour: str
    striped: bool
    box: Box
    mask: np.ndarray


class Scene(NamedTuple):
    """A picture and the shapes in it."""

    image: Image.Image
    shapes: tuple[Shape, ...]


def draw_scene(rng: np.random.Generator, size: tuple[int, int] = SQUARE, *, striped: bool = False) -> Scene:
    """Three to six shapes on noise, no two alike in word or colour; some are striped where that is asked."""
    width, height = size
    canvas = rng.integers(40, 150, (height, width, 3)).astype(np.float32)
    free, shapes = np.ones((height, width), bool), []
    words, colours = rng.permutation(SHAPES)[: rng.integers(FEWEST, MOST + 1)], rng.permutation(list(COLOURS))
    for word, colour in zip(words, colours, strict=False):
        side = int(rng.integers(SMALLEST, LARGEST + 1))
        corner = _free_corner(free, side, rng)
        if corner is None:
            continue
        here = tuple(slice(at, at + side) for at in corner)
        free[here] = False
        cover = draw_shape(str(word), side).copy()
        has_stripes = striped and rng.random() < 0.5
        if has_stripes:
            cover[::3] = 0
        canvas[here] += cover[..., None] * (np.array(COLOURS[colour]) - canvas[here])
        mask = np.zeros((height, width), bool)
        mask[here] = cover > 0.5
        shapes.append(Shape(str(word), str(colour), has_stripes, (corner[1], corner[0], side, side), mask))
    return Scene(Image.fromarray(np.rint(canvas).astype(np.uint8)), tuple(shapes))


def _free_corner(free: np.ndarray, side: int, rng: np.random.Generator) -> tuple[int, int] | None:
    height, width = free.shape
    for top, left in rng.integers((height - side, width - side), size=(TRIES, 2)).tolist():
        if free[top : top + side, left : left + side].all():
            return top, left
    return None


def write_shapes(folder: Path, images: int, seed: int = 0, size: tuple[int, int] = SQUARE) -> Path:
    """“Which colour is the heart?”, with masks and scales."""
    (folder / "masks").mkdir(parents=True)

    def ask(name: str, shape: Shape) -> Sequence[object]:
        mask = f"masks/{Path(name).stem}-{shape.word}.png"
        Image.fromarray(shape.mask).save(folder / mask)
        return name, shape.word, shape.colour, f"{shape.box[2] / max(size):.3f}", mask

    scenes = (draw_scene(np.random.default_rng([seed, number]), size) for number in range(images))
    return _write(folder, scenes, ("image", "query", "answer", "scale", "mask"), ask)


def write_reverse(folder: Path, images: int, seed: int = 0) -> Path:
    """“Which shape is red?”, without masks."""
    scenes = (draw_scene(np.random.default_rng([seed, number])) for number in range(images))
    return _write(folder, scenes, ("image", "query", "answer"), lambda name, shape: (name, shape.colour, shape.word))


def write_things(folder: Path, images: int, seed: int = 0) -> Path:
    """“What is the heart like?”, several answers and boxes, as sets made of Visual Genome are."""

    def ask(name: str, shape: Shape) -> Sequence[object]:
        size = "large" if shape.box[2] >= LARGE else "small"
        answers = [shape.colour, size, *(["striped"] if shape.striped else [])]
        return name, shape.word, join_words(answers), " ".join(map(str, shape.box))

    scenes = (draw_scene(np.random.default_rng([seed, number]), striped=True) for number in range(images))
    written = _write(folder, scenes, ("image", "query", "answers", "boxes"), ask)
    words = {"queries": SHAPES, "answers": (*COLOURS, "large", "small", "striped")}
    (written / "words.json").write_text(json.dumps(words), encoding="utf-8")
    return written


def _write(
    folder: Path, scenes: Iterator[Scene], header: Sequence[str], ask: Callable[[str, Shape], Sequence[object]]
) -> Path:
    (folder / "images").mkdir(parents=True)
    rows, split = [header], [("image", "split")]
    for number, scene in enumerate(scenes):
        name = f"images/{number:05}.jpg"
        scene.image.save(folder / name, quality=92, subsampling=0)
        split.append((name, PARTS[number % len(PARTS)]))
        rows += [ask(name, shape) for shape in scene.shapes]
    for file, lines in (("index.csv", rows), ("split.csv", split)):
        with (folder / file).open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows(lines)
    return folder


def main() -> None:
    """Write all of them."""
    parser = argparse.ArgumentParser("python -m tests.own_sets")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--images", type=int, default=3000, help="of each set (default: 3000)")
    parsed = parser.parse_args()
    write_shapes(parsed.folder / "shapes", parsed.images)
    write_shapes(parsed.folder / "wide-shapes", parsed.images, size=WIDE)
    write_reverse(parsed.folder / "colours", parsed.images)
    write_things(parsed.folder / "things", parsed.images)


if __name__ == "__main__":
    main()
