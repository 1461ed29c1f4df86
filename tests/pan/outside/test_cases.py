"""Files that once ended in a traceback, a crash or a wrong picture; `tests/cases` holds them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from pan.checkpoints.file import load_checkpoint
from pan.cli import main
from pan.data.composer.drawing import draw
from pan.data.composer.saved_set import add_compositions, read_composition
from pan.data.digits.backgrounds import find_photographs
from pan.data.digits.mnist import find_digits, load_digits
from pan.data.images import fit_image
from pan.data.labelled.reading import labelled_words, read_labelled_set
from pan.data.opening import image_size, load_image
from pan.data.visual_genome import Sources, build_visual_genome
from pan.evaluation.answer_file import load_evaluated
from pan.explaining.explain import explain
from pan.figures.explanation import explanation_figure, save_figure
from pan.studies.record import read_record
from pan.system.errors import InputError
from tests.pan.conftest import drained
from tests.pan.outside.set_readers import SCENE

CASES = Path(__file__).parents[2] / "cases"
DAMAGED = CASES / "damaged"


def damaged(kind: str) -> list[Path]:
    return [case for case in sorted(DAMAGED.iterdir())
            if json.loads((case / "case.json").read_text(encoding="utf-8"))["kind"] == kind]  # fmt: skip


def of(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", damaged(kind), ids=lambda case: case.name)


@of("checkpoint")
def test_a_damaged_checkpoint_is_refused(case):
    with pytest.raises(InputError):
        load_checkpoint(str(case / "input" / "c.safetensors"))


def test_damaged_checkpoints_do_not_keep_the_others_from_the_list(tmp_path, monkeypatch, capsys):
    for number, case in enumerate(damaged("checkpoint")):
        shutil.copy(case / "input" / "c.safetensors", tmp_path / f"{number}.safetensors")
    monkeypatch.setattr("pan.checkpoints.file.checkpoints_folder", lambda: tmp_path)
    assert main(["checkpoints"]) == 0
    told = capsys.readouterr()
    assert "mref/pan-ctx" in told.out
    assert told.err.count("is skipped") >= 10  # of the others the headers alone are sound


@of("evaluation")
def test_damaged_answers_are_refused(case):
    with pytest.raises(InputError, match="evaluate the network again"):
        load_evaluated(case / "input" / "e.npz")


@of("report")
def test_a_damaged_record_is_refused(case):
    with pytest.raises(InputError, match="not a record of a study"):
        read_record(case / "input" / "r.json")


@pytest.mark.parametrize("case", [case for case in damaged("composition") if (case / "input" / "c.json").exists()],
                         ids=lambda case: case.name)  # fmt: skip
def test_a_damaged_composition_is_refused(case):
    with pytest.raises(InputError):
        draw(read_composition(case / "input" / "c.json"))


def test_a_set_with_strange_names_grows(tmp_path):
    shutil.copytree(DAMAGED / "ValueError_pan_data_composed_set.py_83" / "input" / "set", tmp_path / "set")
    (tmp_path / "set" / "compositions").mkdir(exist_ok=True)
    assert list(add_compositions(tmp_path / "set", [SCENE])) == [1]
    assert (tmp_path / "set" / "images" / "000000.png").is_file()


@of("labelled set")
def test_a_damaged_labelled_set_is_refused_with_its_line(case):
    folder = case / "input" / "lab"
    with pytest.raises(InputError, match=r"images\.csv, line \d+"):
        read_labelled_set(folder, labelled_words(folder, 32))


def test_an_object_whose_box_is_no_number_is_left_out(tmp_path):
    case = DAMAGED / "OverflowError_pan_data_visual_genome_official.py_89" / "input"
    work = build_visual_genome(Sources(case / "a.json", case / "i.json"), tmp_path / "out", min_count=0)
    summary = drained(work)
    assert summary.dropped["no_area"] >= 1
    assert summary.kept > 0


def test_pickled_digits_are_not_looked_at():
    folder = DAMAGED / "UnpicklingError_pan_data_digits.py_86" / "input"
    assert "bundled" in load_digits("train", folder).source
    with pytest.raises(InputError, match="holds no MNIST"):
        find_digits("train", folder)


def test_a_photograph_of_one_line_is_a_background(rng):
    folder = DAMAGED / "memory_" / "input"
    assert find_photographs("train", folder)(rng).shape == (100, 100, 3)


@pytest.mark.parametrize("case", [case for case in damaged("image") if case.name != "hang_pan_data_images.py_104"],
                         ids=lambda case: case.name)  # fmt: skip
def test_what_is_no_picture_of_a_known_format_is_refused(case):
    for path in (case / "input").iterdir():
        for read in (load_image, image_size):
            with pytest.raises(InputError, match="cannot be read as an image"):
                read(path)


@pytest.fixture
def places(tmp_path):
    """Where no picture is, and where whoever opens it might wait or read without end."""
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    (tmp_path / "none.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "endless.png").symlink_to("/dev/zero")
    return [Path("/proc/self/mem"), Path("/dev/zero"), tmp_path, *tmp_path.iterdir()]


@pytest.mark.skipif(os.name == "nt", reason="places of Linux")
def test_a_place_without_a_picture_is_refused_and_left_closed(places):
    for place in places:
        for read in (load_image, image_size):
            with pytest.raises(InputError):
                read(place)


@pytest.mark.parametrize("name", ["a\nb.png", "\x1b[31m.png", "x\udcff.png", "a" * 251 + ".png"])
def test_a_name_that_would_move_the_cursor_is_told_without(name, tmp_path):
    (tmp_path / name).write_text("no image")
    with pytest.raises(InputError) as refused:
        load_image(tmp_path / name)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) <= 500


def test_a_picture_of_one_colour_and_many_pixels_is_read():
    path = DAMAGED / "hang_pan_data_images.py_104" / "input" / "x.png"
    assert image_size(path) == (16_383, 6_000)
    assert not fit_image(load_image(path), 100).pixels.any()


def test_postscript_under_another_name_starts_no_program():
    with pytest.raises(InputError, match="cannot be read as an image"):
        load_image(CASES / "eps-named.jpg")


@pytest.mark.parametrize("name", ["bad-header.jpg", "cut-short.jpg"])
def test_a_broken_exif_block_costs_the_exif_alone(name):
    folder = CASES / "01-broken-exif"
    assert np.array_equal(load_image(folder / name), load_image(folder / "plain.jpg"))


def test_boxes_of_a_turned_photograph_lie_where_they_are_seen():
    boxes = [read_labelled_set(CASES / "02-turned-photo-boxes" / name,
                               labelled_words(CASES / "02-turned-photo-boxes" / name, 100)).boxes.values
             for name in ("turned", "upright")]  # fmt: skip
    assert len(boxes[0]) == 1
    assert np.array_equal(*boxes)


@pytest.mark.parametrize("path", sorted((CASES / "12-scientific-tiff").iterdir()), ids=lambda path: path.name)
def test_a_scientific_picture_has_all_its_levels(path):
    pixels = np.asarray(load_image(path))
    assert (pixels.min(), pixels.max()) == (0, 255)
    assert 120 < pixels.mean() < 135


def test_mnist_placed_by_hand_is_read_packed():
    assert len(load_digits("test", CASES / "10-mnist-by-hand").glyphs) == 10_000
    assert "MNIST" in find_digits("val", CASES / "10-mnist-by-hand").source


def test_words_in_figures_are_drawn_as_they_are(make_checkpoint, tmp_path):
    loaded = load_checkpoint(str(make_checkpoint()))
    words = ("price $5 to $10", r"$\frac{$", "赤", "a_b^c", "😀")
    task = type(loaded.task)(100, loaded.task.queries, words)
    picture = fit_image(load_image(CASES / "08-words-in-figures" / "images" / "0.png"), 100)
    explanation = explain(loaded, picture, loaded.task.queries[0])
    for word in task.answers:
        figure = explanation_figure([explanation], word)
        for suffix in ("png", "svg", "pdf"):
            save_figure(figure, tmp_path / f"figure.{suffix}")
        assert word.split()[0] in (tmp_path / "figure.svg").read_text(encoding="utf-8")


def test_answers_whose_columns_differ_in_length_are_refused(tmp_path):
    np.savez(tmp_path / "e.npz", predicted=np.array(["red"] * 7), probability=np.zeros(2), tpr=np.zeros(2),
             measures=np.array("{}"))  # fmt: skip
    with pytest.raises(InputError, match="differ in length"):
        load_evaluated(tmp_path / "e.npz")
