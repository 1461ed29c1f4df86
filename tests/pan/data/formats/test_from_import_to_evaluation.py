"""Each format on its whole way: imported, trained on, evaluated."""

from __future__ import annotations

import json

import pytest

QUICK = ("--set", "questions=64", "epoch_questions=32", "questions_per_image=2", "images_per_batch=4", "channels=4",
         "hidden=4", "precision=float32")  # fmt: skip


def imported(pan, tmp_path, kind, *files):
    out = tmp_path / "set"
    result = pan("data", "import", kind, *files, "--out", out, "--json", "-")
    assert result.code == 0, result.err
    return out, json.loads(result.out)


def trained_and_evaluated(pan, tmp_path, recipe, data):
    run = tmp_path / "run"
    training = pan("train", recipe, "--data", data, "--out", run, "--device", "cpu", *QUICK)
    assert training.code == 0, training.err
    result = pan("evaluate", run, "--data", data, "--json", "-")
    assert result.code == 0, result.err
    return json.loads(result.out)[0]


@pytest.mark.parametrize(("kind", "queries"), [("coco", 2), ("clevr", 2), ("labelme", 2)])
def test_a_set_with_one_answer_is_imported_trained_on_and_evaluated(kind, queries, pan, tmp_path, request):
    out, account = imported(pan, tmp_path, kind, request.getfixturevalue(kind))
    assert account["objects"] == account["kept"] == account["rows"] == account["masks"] == 24
    assert (account["several"], account["queries"], account["answers"], account["images"]) == (False, queries, 3, 12)
    assert account["parts"] == {"train": 10, "val": 1, "test": 1}
    values = trained_and_evaluated(pan, tmp_path, "mref/san", out)
    assert values["examples"] == 2
    assert 0 < values["tpr"] < 1
    assert sum(each["examples"] for each in values["accuracy_by_scale"]) == 2


def test_vaw_is_imported_trained_on_and_evaluated(pan, tmp_path, vaw):
    out, account = imported(pan, tmp_path, "vaw", *vaw, "--images", tmp_path / "images")
    assert (account["several"], account["rows"], account["masks"], account["labels"]) == (True, 24, 12, 36)
    assert account["parts"] == {"train": 8, "val": 2, "test": 2}
    values = trained_and_evaluated(pan, tmp_path, "vg-tiny/san", out)
    assert values["examples"] == 4
    assert 0 < values["mean_average_precision"] <= 1
    assert 0 < values["tpr"] < 1


def test_attention_goes_back_to_coco(pan, tmp_path, coco):
    out, _ = imported(pan, tmp_path, "coco", coco)
    run = tmp_path / "run"
    assert pan("train", "mref/san", "--data", out, "--out", run, "--device", "cpu", *QUICK).code == 0
    result = pan("evaluate", run, "--data", out, "--split", "train", "--coco", tmp_path / "results.json")
    assert result.code == 0, result.err
    entries = json.loads((tmp_path / "results.json").read_text())
    annotated = json.loads(coco.read_text())
    names = {each["id"]: each["file_name"] for each in annotated["images"]}
    assert len(entries) == 20
    for entry in entries:
        assert names[entry["image_id"]] == entry["file_name"].rsplit("/", 1)[-1]
        assert entry["category"] == {1: "cup", 2: "ball"}[entry["category_id"]]
        assert entry["segmentation"]["size"] == [40, 60]


@pytest.mark.parametrize("option", ["--coco", "--predictions"])
def test_what_is_written_of_one_network_is_refused_for_two(option, refused, tmp_path):
    assert "is for one checkpoint" in refused("evaluate", "a", "b", "--data", tmp_path, option, tmp_path / "out")
