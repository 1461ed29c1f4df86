"""`pan evaluate`: a table, JSON, and the single answers."""

from __future__ import annotations

import csv
import json

import pytest

from pan.data.reference.reading import read_reference_set
from pan.recipes.task import MNIST_REFERENCE


@pytest.fixture
def checkpoint(make_checkpoint):
    return make_checkpoint("pan-ctx")


def rewrite(folder, change):
    """Change the lines of a set's index."""
    index = folder / "index.csv"
    lines = index.read_text().splitlines()
    index.write_text("\n".join(change(lines)) + "\n")


def replaced(line, column, cell):
    cells = line.split(",")
    cells[column] = cell
    return ",".join(cells)


def test_a_table_has_a_row_for_each_checkpoint(pan, checkpoint, make_checkpoint, reference_set):
    san = make_checkpoint("san")
    result = pan("evaluate", checkpoint, san, "--data", reference_set)
    assert result.code == 0
    assert result.err == ""
    header, *rows, guessing = result.out.splitlines()
    assert header.startswith("checkpoint")
    assert [row.split()[0] for row in rows] == [str(checkpoint), str(san)]
    assert guessing.startswith("guessing baselines: 50.0 % without the image")


def test_json_on_standard_output_is_all_that_is_there(pan, checkpoint, make_checkpoint, reference_set):
    san = make_checkpoint("san")
    result = pan("evaluate", san, checkpoint, "--data", reference_set, "--json", "-")
    one, other = json.loads(result.out)
    assert (one["checkpoint"], one["model"]) == (str(san), "san")
    assert (other["checkpoint"], other["model"]) == (str(checkpoint), "pan-ctx")
    assert one["data"] == str(reference_set)
    assert one["examples"] == len(read_reference_set(reference_set, MNIST_REFERENCE))
    assert len(one["tpr_by_layer"]) == 1
    assert one["tpr"] == one["tpr_accumulated"]
    assert len(other["tpr_by_layer"]) == len(other["accuracy_by_layer"]) == len(other["open_by_layer"]) == 3


def test_json_in_a_file_leaves_standard_output_empty(pan, checkpoint, reference_set, tmp_path):
    assert pan("evaluate", checkpoint, "--data", reference_set, "--json", tmp_path / "new" / "e.json") == (0, "", "")
    assert json.loads((tmp_path / "new" / "e.json").read_text())[0]["model"] == "pan-ctx"


def test_without_masks_and_scales_their_keys_are_null(pan, checkpoint, reference_set):
    rewrite(reference_set, lambda lines: [lines[0], *(replaced(replaced(line, 3, ""), 4, "") for line in lines[1:])])
    (values,) = json.loads(pan("evaluate", checkpoint, "--data", reference_set, "--json", "-").out)
    nulls = {key for key, value in values.items() if value is None}
    assert nulls == {
        "accuracy_by_scale", "tpr_by_layer", "tpr", "tpr_interval", "tpr_nearest", "tpr_nearest_interval",
        "tpr_spread", "tpr_accumulated", "tpr_accumulated_interval", "open_by_layer", "average_precision",
        "precision_recall", "average_precision_accumulated", "precision_recall_accumulated", "mean_average_precision",
        "mean_average_precision_11", "average_precision_by_answer", "pxap", "pxap_interval", "pxap_by_layer",
        "pxap_by_scale", "coverage", "coverage_interval", "coverage_by_layer", "coverage_by_scale", "iou",
        "iou_threshold", "distractors_by_layer",
    }  # fmt: skip


def test_predictions_are_in_the_order_of_the_index(pan, checkpoint, reference_set, tmp_path):
    rewrite(reference_set, lambda lines: [lines[0], *lines[:0:-1][::2], *lines[:0:-1][1::2]])  # images mixed
    out = tmp_path / "answers.csv"
    assert pan("evaluate", checkpoint, "--data", reference_set, "--predictions", out).code == 0
    with out.open(newline="") as file, (reference_set / "index.csv").open(newline="") as index:
        answers, rows = list(csv.DictReader(file)), list(csv.DictReader(index))
    assert list(answers[0]) == ["image", "query", "answer", "predicted", "probability"]
    for name in ("image", "query", "answer"):
        assert [each[name] for each in answers] == [each[name] for each in rows]
    assert {each["predicted"] for each in answers} <= set(MNIST_REFERENCE.answers)
    assert all(0.2 <= float(each["probability"]) <= 1 for each in answers)


def test_a_part_of_a_folder_of_parts_is_found_by_its_name(pan, checkpoint, reference_set, refused):
    parts = reference_set.parent / "parts"
    parts.mkdir()
    reference_set.rename(parts / "val")
    (values,) = json.loads(pan("evaluate", checkpoint, "--data", parts, "--split", "val", "--json", "-").out)
    assert values["data"] == str(parts / "val")
    assert "has no part test; it has val" in refused("evaluate", checkpoint, "--data", parts, "--split", "test")


def test_a_part_of_a_set_without_parts_is_refused(refused, checkpoint, reference_set):
    assert "neither a split.csv nor folders" in refused(
        "evaluate", checkpoint, "--data", reference_set, "--split", "test"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: ["image,question,answer,scale,mask", *lines[1:]], "header"),
        (lambda lines: lines[:1], "no rows"),
        (lambda lines: [*lines[:2], replaced(lines[2], 0, "images/none.png"), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], replaced(lines[2], 4, "masks/none.png"), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], replaced(lines[2], 2, "purple"), *lines[3:]], "line 3: the answer “purple”"),
        (lambda lines: [*lines[:2], replaced(lines[2], 1, "eleven"), *lines[3:]], "line 3: the query “eleven”"),
        (lambda lines: [*lines[:2], replaced(lines[2], 3, "big"), *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], lines[2] + ",more", *lines[3:]], "line 3"),
        (lambda lines: [*lines[:2], replaced(lines[2], 0, "im\0ages/000000.png"), *lines[3:]], "is not a CSV file"),
    ],
)
def test_a_wrong_set_is_refused_with_its_line(change, said, refused, checkpoint, reference_set):
    rewrite(reference_set, change)
    assert said in refused("evaluate", checkpoint, "--data", reference_set)


def test_a_folder_without_an_index_is_no_set(refused, checkpoint, tmp_path):
    assert "index.csv" in refused("evaluate", checkpoint, "--data", tmp_path)
    assert "index.csv" in refused("evaluate", checkpoint, "--data", tmp_path / "none")


def test_a_truncated_image_of_a_set_is_named(refused, checkpoint, reference_set):
    image = reference_set / "images" / "000001.png"
    image.write_bytes(image.read_bytes()[:100])
    assert str(image) in refused("evaluate", checkpoint, "--data", reference_set)


@pytest.mark.parametrize("option", ["--json", "--predictions"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(
    option, refused, checkpoint, reference_set, tmp_path, monkeypatch
):
    monkeypatch.setattr("pan.cli.evaluate.load_checkpoint", None)  # would be called first
    (tmp_path / "file").write_text("kept")
    assert "cannot be written" in refused(
        "evaluate", checkpoint, "--data", reference_set, option, tmp_path / "file" / "out.csv"
    )
    assert "folder" in refused("evaluate", checkpoint, "--data", reference_set, option, tmp_path)
    assert (tmp_path / "file").read_text() == "kept"


def test_predictions_are_for_one_checkpoint(refused, checkpoint, reference_set, tmp_path):
    arguments = (checkpoint, checkpoint, "--data", reference_set, "--predictions", tmp_path / "answers.csv")
    assert "one checkpoint" in refused("evaluate", *arguments)
