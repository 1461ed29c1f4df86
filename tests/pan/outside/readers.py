"""Every reader of files from outside, each with a sound file to damage."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from pan.checkpoints.file import load_checkpoint, read_header, save_checkpoint
from pan.data.composer.composition import Composition, PlacedDigit
from pan.data.composer.composition_json import to_json
from pan.data.composer.drawing import draw
from pan.data.composer.saved_set import read_composition
from pan.data.digits.mnist import load_digits
from pan.data.digits.writing import write_reference_set
from pan.data.images import fit_image
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.labelled.writing import LabelledQuestion, Words, write_labelled_set
from pan.data.opening import SUFFIXES, image_size, load_image
from pan.data.reference.reading import read_reference_set, words_of
from pan.data.sources import Sources, prepare, renderer
from pan.data.visual_genome import Sources as Annotations
from pan.data.visual_genome import build_visual_genome
from pan.evaluation.answer_file import Evaluated, load_evaluated, save_evaluated
from pan.evaluation.answer_table import AnswerTable
from pan.explaining.explain import explain
from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.report.digits.numbers import of_study
from pan.report.digits.study_tables import ablation_table, seed_table
from pan.report.saved_numbers import read_report
from pan.studies.record import RESULTS, read_record
from pan.system.device import choose_device
from pan.training.loop import train
from pan.training.runs.folder import read_metrics, read_run
from pan.training.runs.log import read_log
from pan.training.runs.probes import read_probes
from pan.training.runs.state import restore_state
from pan.training.runs.status import read_status
from pan.training.trainer import Trainer

REAL = Path(__file__).parents[2] / "data" / "visual_genome"
SCENE = Composition(np.zeros((100, 100, 3), np.uint8), (PlacedDigit(3, 0, "red", 1.0, 50.0, 50.0),))


@dataclass(frozen=True)
class Reader:
    """A reader.

    Attributes:
        name: What it reads.
        make: Writes a sound folder for it.
        damaged: The files of it that are damaged.
        read: Reads the folder, and uses what it reads as the program would.
    """

    name: str
    make: Callable[[Path], object]
    damaged: tuple[str, ...]
    read: Callable[[Path], object]


def small(model: str = "san", **changes: object) -> Recipe:
    recipe = find_recipe(f"mref/{model}", "quick").to_json()
    return Recipe.from_json({**recipe, "channels": 4, "hidden": 4, "scenes": 8, "validation_scenes": 2, "start": "",
                             "images_per_batch": 4, "questions": 56, "epoch_questions": 28, "precision": "float32",
                             **changes})  # fmt: skip


def _pictures(folder: Path) -> None:
    pixels = np.random.default_rng(0).integers(256, size=(24, 32, 3), dtype=np.uint8)
    image = Image.fromarray(pixels)
    exif = image.getexif()
    exif[0x0112], exif[0x010E] = 6, "a photograph"
    for suffix in SUFFIXES - {".pgm"}:
        image.save(folder / f"x{suffix}", **({"exif": exif} if suffix in (".jpg", ".png", ".webp", ".tif") else {}))
    Image.fromarray(pixels[..., 0]).save(folder / "x.pgm")
    Image.fromarray(pixels[..., 0].astype(np.uint16) * 16).save(folder / "deep.tif")
    Image.fromarray(pixels[..., 0].astype(np.float32) / 255).save(folder / "float.tif")
    image.quantize(8).save(folder / "palette.png", transparency=0)


def _read_pictures(folder: Path) -> None:
    for path in folder.iterdir():
        size = image_size(path)
        image = load_image(path)
        assert image.size == size
        fit_image(image, 100)


def _checkpoint(folder: Path) -> None:
    recipe = small("pan-ctx")
    metrics = {"test": {"accuracy": 0.5, "accuracy_by_layer": [float("nan"), 0.5], "tpr_by_layer": [0.1, 0.2]},
               "validation": {"accuracy": 0.5}, "questions_trained": 7}  # fmt: skip
    save_checkpoint(folder / "c.safetensors", build_model(recipe, MNIST_REFERENCE), recipe, MNIST_REFERENCE, metrics)


def _explain(folder: Path) -> None:
    header = read_header(folder / "c.safetensors")
    header.metrics.get("test", {}).get("accuracy")
    checkpoint = load_checkpoint(str(folder / "c.safetensors"))
    image = fit_image(Image.new("RGB", (50, 40), "red"), checkpoint.task.image_size)
    explain(checkpoint, image, checkpoint.task.queries[0])


def _labelled(folder: Path) -> None:
    (folder / "images").mkdir()
    for number in range(3):
        Image.new("RGB", (40, 30), (70 * number, 0, 0)).save(folder / "images" / f"{number}.png")
    names = [f"images/{number}.png" for number in range(3)]
    questions = [LabelledQuestion(name, "dog", ["brown", "small"], [(5, 3, 12, 9)]) for name in names]
    parts = dict(zip(names, ("train", "val", "test"), strict=True))
    words = Words({"dog": 3}, {"brown": 3, "small": 3})
    write_labelled_set(folder, questions, words, parts, dict.fromkeys(names, (40, 30)))


def _read_labelled(folder: Path) -> None:
    questions = read_labelled_set(folder, labelled_words(folder, 32), "train")
    questions.masks(np.arange(len(questions)))


def _reference(folder: Path) -> None:
    list(write_reference_set(folder, renderer("mref", "test", Sources()).scenes((1,), 2)))


def _evaluation(folder: Path) -> None:
    answers = AnswerTable(np.array(["red", "blue"]), np.array([0.5, 0.25]), np.array([np.nan, 0.5]))
    save_evaluated(folder / "e.npz", Evaluated(answers, {"accuracy": 0.5, "tpr": None, "tpr_by_layer": [0.1]}))


def _run(folder: Path) -> None:
    list(train(small(), folder / "run", Sources(), "cpu"))


def _read_run(folder: Path) -> None:
    run = folder / "run"
    read_metrics(run), read_log(run), read_status(run), read_probes(run, 10)
    read_run(run)


def _resume(folder: Path) -> None:
    """As far as the first step, in this process: what does not fit must be refused before the optimiser sees it."""
    run = folder / "run"
    recipe, sources = read_run(run)
    work = prepare(recipe, sources)
    while True:
        try:
            next(work)
        except StopIteration as done:
            prepared = done.value
            break
    trainer = Trainer(run, recipe, prepared, choose_device("cpu"))
    restore_state(run, trainer.model, trainer.optimizer)
    trainer._step(next(trainer._rows_left(1)) if trainer.progress.step == 0 else np.zeros((4, 7), int))


def _record(folder: Path) -> None:
    source = next(path for path in sorted(RESULTS.glob("*.json")) if path.name.startswith("ablation"))
    (folder / "r.json").write_bytes(source.read_bytes())


def _tables(folder: Path) -> None:
    record = read_record(folder / "r.json")
    for table in (ablation_table([record]), seed_table([record])):
        if table is not None:
            table.markdown(), table.csv()
    for numbers in of_study([record], record.study):
        numbers.share("accuracy"), numbers.by_layer("pxap"), numbers.worst_bin


def _report(folder: Path) -> None:
    (folder / "table-1a.csv").write_text("data,model,accuracy\nmref,san,0.5\n")
    (folder / "table-1b.csv").write_text("data,model,reading,tpr\nmref,san,tpr,0.25\n")


def _annotations(folder: Path) -> None:
    for name, source in (("a.json", "attributes_v1_2.json"), ("i.json", "image_data_v1_2.json")):
        (folder / name).write_bytes((REAL / source).read_bytes()[: 1 << 20])
    (folder / "alias.txt").write_text("dog,hound,puppy\ncar,auto\n", encoding="utf-8")


def _build(folder: Path) -> None:
    list(build_visual_genome(Annotations(folder / "a.json", folder / "i.json", folder / "alias.txt"), folder / "out",
                             min_count=0))  # fmt: skip


def _mnist(folder: Path) -> None:
    rng = np.random.default_rng(0)
    for part in ("train", "t10k"):
        glyphs = rng.integers(256, size=(40, 28, 28), dtype=np.uint8)
        head = bytes((0, 0, 8, 3)) + b"".join(side.to_bytes(4, "big") for side in glyphs.shape)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(head + glyphs.tobytes())
        labels = bytes((0, 0, 8, 1, 0, 0, 0, 40)) + bytes(number % 10 for number in range(40))
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(labels)


READERS = (
    Reader("pictures", _pictures, ("*",), _read_pictures),
    Reader("a checkpoint", _checkpoint, ("c.safetensors",), _explain),
    Reader("a labelled set", _labelled, ("*.csv", "words.json"), _read_labelled),
    Reader("a reference set", _reference, ("index.csv", "images/*", "masks/*"),
           lambda folder: read_reference_set(folder, words_of(folder))),
    Reader("a composition", lambda folder: (folder / "c.json").write_text(json.dumps(to_json(SCENE))), ("c.json",),
           lambda folder: draw(read_composition(folder / "c.json"))),
    Reader("kept answers", _evaluation, ("e.npz",), lambda folder: load_evaluated(folder / "e.npz")),
    Reader("a run", _run, ("run/*.json", "run/*.csv", "run/*.txt", "run/probes/*.npz"), _read_run),
    Reader("a run's state", _run, ("run/state.safetensors",), _resume),
    Reader("a record", _record, ("r.json",), _tables),
    Reader("a report", _report, ("*.csv",), read_report),
    Reader("Visual Genome", _annotations, ("a.json", "i.json", "alias.txt"), _build),
    Reader("MNIST", _mnist, ("*",), lambda folder: [load_digits(split, folder) for split in ("train", "test")]),
)  # fmt: skip
