"""`pan evaluate` on sets whose questions have several right answers."""

from __future__ import annotations

import csv
import json

import pytest


def evaluated(pan, *arguments):
    return json.loads(pan("evaluate", *arguments, "--json", "-").out)


@pytest.mark.parametrize("model", ["pan-ctx", "san", "han", "pan-ctx-prior", "han-prior"])
def test_every_network_of_table_2_is_measured_on_the_test_part(model, pan, make_labelled_checkpoint, labelled_set):
    (values,) = evaluated(pan, make_labelled_checkpoint(model), "--data", labelled_set)
    assert values["examples"] == 10  # images 6 to 9 with two and three questions in turns
    assert 0 < values["mean_average_precision"] <= 1
    assert 0 < values["mean_average_precision_11"] <= 1
    assert {each["answer"]: each["examples"] for each in values["average_precision_by_answer"]} == {
        "brown": 4, "green": 4, "small": 2, "tall": 6}  # fmt: skip
    assert values["confusion"] is values["accuracy_by_scale"] is None
    assert 0 < values["tpr"] < 1
    assert len(values["tpr_by_layer"]) == (3 if model.startswith("pan") else 1)


def test_another_part_is_measured_if_it_is_named(pan, make_labelled_checkpoint, labelled_set):
    checkpoint = make_labelled_checkpoint("san")
    assert evaluated(pan, checkpoint, "--data", labelled_set, "--split", "train")[0]["examples"] == 12
    (labelled_set / "split.csv").unlink()
    assert evaluated(pan, checkpoint, "--data", labelled_set)[0]["examples"] == 25


def test_the_table_begins_with_mean_average_precision(pan, make_labelled_checkpoint, labelled_set):
    result = pan("evaluate", make_labelled_checkpoint("san"), "--data", labelled_set)
    assert (result.code, result.err) == (0, f"evaluated: part test of {labelled_set}, 10 questions\n")
    assert result.out.split()[:3] == ["checkpoint", "mAP", "%"]


def test_predictions_are_of_the_part_in_the_order_of_the_index(pan, make_labelled_checkpoint, labelled_set, tmp_path):
    out = tmp_path / "answers.csv"
    checkpoint = make_labelled_checkpoint("san")
    assert pan("evaluate", checkpoint, "--data", labelled_set, "--predictions", out).code == 0
    with out.open(newline="") as file, (labelled_set / "index.csv").open(newline="") as index:
        answers, rows = list(csv.DictReader(file)), list(csv.DictReader(index))[-10:]
    assert [(each["image"], each["query"], each["answer"]) for each in answers] == [
        (each["image"], each["query"], each["answers"]) for each in rows
    ]


def test_a_network_and_a_set_of_different_kinds_are_refused(
    refused, make_checkpoint, make_labelled_checkpoint, labelled_set, reference_set
):
    assert "asks for several answers" in refused("evaluate", make_checkpoint("san"), "--data", labelled_set)
    assert "asks for one answer" in refused("evaluate", make_labelled_checkpoint("san"), "--data", reference_set)


def test_mistakes_of_a_set_are_told_in_one_sentence(refused, make_labelled_checkpoint, labelled_set):
    checkpoint = make_labelled_checkpoint("san")
    (labelled_set / "images" / "7.jpg").write_bytes(b"")
    assert "7.jpg cannot be read" in refused("evaluate", checkpoint, "--data", labelled_set)
    (labelled_set / "images" / "7.jpg").unlink()
    assert "1 of 4 images" in refused("evaluate", checkpoint, "--data", labelled_set)
    (labelled_set / "split.csv").write_text("image,split\nimages/1.jpg,train\n")
    assert "no part test" in refused("evaluate", checkpoint, "--data", labelled_set)
    (labelled_set / "split.csv").unlink()
    assert "no part val" in refused("evaluate", checkpoint, "--data", labelled_set, "--split", "val")
