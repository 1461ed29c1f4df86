"""Sets of any size for measurements: many small images, large photographs, few images with thousands of questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, groupby
from pathlib import Path

import numpy as np
from PIL import Image

from pan.data.digits.mnist import SPLITS
from pan.data.digits.writing import write_reference_set
from pan.data.labelled.writing import LabelledQuestion, Words, write_csv, write_labelled_set
from pan.data.new_folder import new_folder
from pan.data.objects.collages import Collage
from pan.data.objects.cutouts import ANSWERS, QUERIES
from pan.data.parts import INDEX
from pan.data.reference.index import HEADER, read_index
from pan.data.sources import Sources, collage_renderer, renderer

SEED = (2026, SPLITS.index("test"))
A_SCENE = 7
"""Digits in a scene, on average."""
SHORTEST, LONGEST = 500, 4_000  # side of a photograph, in pixels
A_PHOTOGRAPH = 20
CROWD = 5_000


def write_scenes(folder: Path, questions: int) -> Iterator[int]:
    """Scenes of digits: an image of 100 × 100 pixels and seven masks for about seven questions."""
    scenes = -(-questions // A_SCENE)
    return write_reference_set(folder, renderer("mref", "test", Sources()).scenes(SEED, scenes))


def write_crowded(folder: Path, questions: int) -> Iterator[int]:
    """Scenes with 5,000 questions each, or fewer if the set is smaller."""
    crowd = min(CROWD, questions)
    scenes = -(-questions // crowd)
    yield from write_reference_set(folder, renderer("mref", "test", Sources()).scenes(SEED, scenes))
    rows = []
    for _, each in groupby(read_index(folder), lambda row: row.name):
        own = list(each)
        asked = [own[number % len(own)] for number in range(crowd)]
        rows += [[row.name, row.query, row.answer, f"{row.scale:.4f}", row.mask_name] for row in asked]
    write_csv(folder / INDEX, HEADER, rows[:questions])


def write_photographs(folder: Path, questions: int) -> Iterator[int]:
    """Composed photographs of 500 to 4,000 pixels a side as JPEG, with 20 questions each and boxes."""
    rows: list[LabelledQuestion] = []
    sizes: dict[str, tuple[int, int]] = {}
    rng = np.random.default_rng(SEED)
    with new_folder(folder):
        (folder / "images").mkdir(exist_ok=True)
        collages = collage_renderer("test", Sources()).collages(SEED, questions)
        for number, collage in zip(count(), collages):
            if len(rows) >= questions:
                break
            side = int(np.exp(rng.uniform(np.log(SHORTEST), np.log(LONGEST))))
            name = f"images/{number:06d}.jpg"
            Image.fromarray(collage.image).resize((side, side)).save(folder / name, quality=85)
            sizes[name] = side, side
            asked = [*_enlarged(collage, name, side)]
            rows += [asked[each % len(asked)] for each in range(A_PHOTOGRAPH)]
            yield number + 1
        words = Words(dict.fromkeys(QUERIES, 1), dict.fromkeys(ANSWERS, 1))
        write_labelled_set(folder, rows[:questions], words, {}, sizes)


def _enlarged(collage: Collage, name: str, side: int) -> Iterator[LabelledQuestion]:
    """The questions of a collage, with boxes scaled to the photograph."""
    scale = side / len(collage.image)
    for word, (answers, boxes) in collage.questions.items():
        enlarged = [(scale * left, scale * top, scale * width, scale * height) for left, top, width, height in boxes]
        yield LabelledQuestion(name, word, answers, enlarged)
