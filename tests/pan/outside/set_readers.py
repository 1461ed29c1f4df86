"""Sets of questions, compositions, Visual Genome and MNIST."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from pan.data.check import check_set
from pan.data.composer.composition import Composition
from pan.data.composer.composition_json import to_json
from pan.data.composer.cutout import Cutout, PlacedCutout
from pan.data.composer.digit import PlacedDigit
from pan.data.composer.drawing import draw
from pan.data.composer.saved_set import add_compositions, read_composition
from pan.data.digits.mnist import load_digits
from pan.data.digits.writing import write_reference_set
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.labelled.writing import FULL_HEADER, LabelledQuestion, Words, write_labelled_set
from pan.data.reference.reading import read_reference_set, words_of
from pan.data.sources import Sources, renderer
from pan.data.visual_genome import Sources as Annotations
from pan.data.visual_genome import build_visual_genome
from tests.pan.conftest import drained
from tests.pan.outside.fuzzing import Reader

REAL = Path(__file__).parents[2] / "data" / "visual_genome"
SCENE = Composition(np.zeros((100, 100, 3), np.uint8), (PlacedDigit(3, 0, "red", scale=1.0, x=50.0, y=50.0),))
HEART = Cutout("heart", ("red",), np.full((9, 7, 4), 255, np.uint8), "images/0.png", "masks/0.png", 0.8)
CUT_OUT = Composition(np.zeros((128, 128, 3), np.uint8), (PlacedCutout(HEART, scale=1.5, x=60.0, y=40.0),))


def _labelled(folder: Path) -> None:
    for part in ("images", "masks"):
        (folder / part).mkdir()
    names = [f"images/{number}.png" for number in range(3)]
    for number, name in enumerate(names):
        Image.new("RGB", (40, 30), (70 * number, 0, 0)).save(folder / name)
        Image.new("L", (40, 30), 255).save(folder / name.replace("images", "masks"))
    questions = [LabelledQuestion(name, "dog", ["brown", "small"], [(5, 3, 12, 9)], ["tall"],
                                  name.replace("images", "masks") if name != names[2] else "") for name in names]
    words = Words({"dog": 3}, {"brown": 3, "small": 3, "tall": 0})
    parts = dict(zip(names, ("train", "val", "test"), strict=True))
    write_labelled_set(folder, questions, words, parts, dict.fromkeys(names, (40, 30)), FULL_HEADER)


def _read_labelled(folder: Path) -> None:
    for part in ("train", "test"):
        questions = read_labelled_set(folder, labelled_words(folder, 32), part)
        questions.masks(np.arange(len(questions)))
        for number in range(len(questions.images)):
            questions.images[number]


def _reference(folder: Path) -> None:
    list(write_reference_set(folder, renderer("mref", "test", Sources()).scenes((1,), 2)))
    names = sorted(path.name for path in (folder / "images").iterdir())
    lines = [f"images/{name},{part}" for name, part in zip(names, ("train", "test"), strict=True)]
    (folder / "split.csv").write_text("\n".join(["image,split", *lines]) + "\n", encoding="utf-8")


def _read_reference(folder: Path) -> None:
    task = words_of(folder)
    for part in (None, "train", "test"):
        read_reference_set(folder, task, part)


def _composed(folder: Path) -> None:
    list(add_compositions(folder / "set", [SCENE, SCENE]))


def _composition(scene: Composition) -> Reader:
    return Reader(f"a composition with a {scene.placed[0].query}",
                  lambda folder: (folder / "c.json").write_text(json.dumps(to_json(scene))), ("c.json",),
                  lambda folder: draw(read_composition(folder / "c.json")))


def _grow(folder: Path) -> None:
    list(add_compositions(folder / "set", [SCENE]))
    for path in (folder / "set" / "compositions").iterdir():
        draw(read_composition(path))


def _annotations(folder: Path) -> None:
    for name, source in (("a.json", "attributes_v1_2.json"), ("i.json", "image_data_v1_2.json")):
        (folder / name).write_bytes((REAL / source).read_bytes()[: 1 << 20])
    (folder / "alias.txt").write_text("dog,hound,puppy\ncar,auto\n", encoding="utf-8")


def _build(folder: Path) -> None:
    sources = Annotations(folder / "a.json", folder / "i.json", folder / "alias.txt")
    drained(build_visual_genome(sources, folder / "out", min_count=0))


def _mnist(folder: Path) -> None:
    rng = np.random.default_rng(0)
    for part in ("train", "t10k"):
        glyphs = rng.integers(256, size=(40, 28, 28), dtype=np.uint8)
        head = bytes((0, 0, 8, 3)) + b"".join(side.to_bytes(4, "big") for side in glyphs.shape)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(head + glyphs.tobytes())
        labels = bytes((0, 0, 8, 1, 0, 0, 0, 40)) + bytes(number % 10 for number in range(40))
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(labels)


SETS = (
    Reader("a labelled set", _labelled, ("*.csv", "words.json", "masks/*"), _read_labelled),
    Reader("a reference set", _reference, ("*.csv", "images/*", "masks/*"), _read_reference),
    Reader("a set that is checked", _reference, ("*.csv", "images/*", "masks/*"),
           lambda folder: drained(check_set(folder)).to_json()),
    Reader("a labelled set that is checked", _labelled, ("*.csv", "*.json", "images/*", "masks/*"),
           lambda folder: drained(check_set(folder)).to_json()),
    _composition(SCENE),
    _composition(CUT_OUT),
    Reader("a set that grows", _composed, ("set/index.csv", "set/compositions/*"), _grow),
    Reader("Visual Genome", _annotations, ("a.json", "i.json", "alias.txt"), _build),
    Reader("MNIST", _mnist, ("*",), lambda folder: [load_digits(split, folder) for split in ("train", "test")]),
)  # fmt: skip
