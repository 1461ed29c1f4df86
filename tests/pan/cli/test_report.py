"""`pan report`: a folder, or one sentence about what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pan.checkpoints.file import save_checkpoint
from pan.data.reference.index import read_index
from pan.data.reference.reading import words_of
from pan.models.build import build_model
from pan.recipes.task import MNIST_REFERENCE
from tests.own_sets import write_shapes

pytestmark = pytest.mark.usefixtures("outlined_letters")


def test_a_report_of_a_single_scene_is_written_and_named_and_what_was_in_its_folder_stays(
    pan, make_checkpoint, tmp_path
):
    (tmp_path / "notes.txt").write_text("kept")
    result = pan("report", "--out", tmp_path, "--count", 1, "--seed", 2, "--html", make_checkpoint("san"))
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [f"{tmp_path / 'report.md'}: 1 network, 1 scene a kind",
                                       f"{tmp_path / 'report.html'}: the same as one page"]  # fmt: skip
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "1 scene of each data set (MREF; seed 2)" in text
    assert (tmp_path / "figure-10-mref.png").is_file()
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/png") == text.count("![")
    assert 'href="figure' not in page
    assert (tmp_path / "notes.txt").read_text() == "kept"


def test_a_file_in_place_of_the_folder_is_refused_before_the_work(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("pan.cli.report.load_networks", None)  # would be called first
    (tmp_path / "file").write_text("kept")
    assert "cannot be written" in refused("report", "--out", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "kept"


def test_two_checkpoints_of_one_network_are_refused(refused, make_checkpoint, tmp_path):
    one = make_checkpoint("san")
    assert "are both mref/san" in refused("report", "--out", tmp_path / "out", one, one)
    assert not (tmp_path / "out").exists()


def test_a_network_with_words_of_its_own_is_refused(refused, tiny, tmp_path):
    task, recipe = replace(MNIST_REFERENCE, answers=("left", "right")), tiny("san")
    save_checkpoint(tmp_path / "own.safetensors", build_model(recipe, task), recipe, task, {})
    assert "words of its own" in refused("report", "--out", tmp_path / "out", tmp_path / "own.safetensors")


def test_without_shipped_networks_one_must_be_named(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("pan.report.digits.results.shipped_checkpoints", dict)
    assert "name checkpoints" in refused("report", "--out", tmp_path / "out")


def test_a_missing_checkpoint_and_missing_photographs_are_named(refused, make_checkpoint, tmp_path):
    assert "there is no checkpoint" in refused("report", "--out", tmp_path / "out", "mref/none")
    mbg = make_checkpoint("san", kind="mbg")
    assert "photographs" in refused("report", "--out", tmp_path / "out", mbg, "--backgrounds", tmp_path / "none")


def test_a_set_with_several_answers_is_reported_by_its_networks(pan, refused, make_labelled_checkpoint, labelled_set,
                                                                tmp_path):  # fmt: skip
    out = tmp_path / "report"
    result = pan("report", make_labelled_checkpoint("san"), "--data", labelled_set, "--out", out)
    assert result == (0, f"{out / 'report.md'}: 1 network on {labelled_set}\n", "")
    assert "Table 2" in (out / "report.md").read_text()
    assert "no readable index.csv" in refused(
        "report", make_labelled_checkpoint("san"), "--data", tmp_path, "--out", tmp_path / "other"
    )
    assert not (tmp_path / "other").exists()


def test_a_folder_without_records_is_refused(refused, tmp_path, make_checkpoint):
    told = refused("report", make_checkpoint(), "--studies", tmp_path / "nothing", "--out", tmp_path / "report")
    assert "holds no records" in told


def test_a_set_of_ones_own_is_reported_on_its_test_part_beside_what_guesses_reach(pan, refused, tiny, tmp_path):
    folder = write_shapes(tmp_path / "shapes", 20)
    network = tmp_path / "mine.safetensors"
    task, recipe = words_of(folder), tiny("san")
    save_checkpoint(network, build_model(recipe, task).eval(), recipe, task, {})
    result = pan("report", network, "--data", folder, "--out", tmp_path / "report")
    assert (result.code, result.err) == (0, "")
    text = (tmp_path / "report" / "report.md").read_text()
    asked = len(read_index(folder, "test"))
    assert f"part test of shapes: {asked} questions about 2 images" in text
    assert "each image's most frequent answer" in text
    by_query = (tmp_path / "report" / "by-query.csv").read_text().splitlines()
    assert by_query[0] == "query,questions,mine"
    assert sum(int(row.split(",")[1]) for row in by_query[1:]) == asked
    for name in ("networks.csv", "by-scale.csv", "confusions.md", "by-query.png", "layers.pdf"):
        assert (tmp_path / "report" / name).is_file()
    assert "is named twice" in refused("report", network, network, "--data", folder, "--out", tmp_path / "again")
    assert "words of this set; name checkpoints" in refused("report", "--data", folder, "--out", tmp_path / "again")


def test_networks_whose_names_end_alike_and_parts_in_folders_are_told_apart(pan, tiny, tmp_path):
    whole = tmp_path / "shapes"
    for part in ("train", "test"):
        write_shapes(whole / part, 3)
        (whole / part / "split.csv").unlink()
    task = words_of(whole / "test")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        network = build_model(tiny("san"), task).eval()
        save_checkpoint(tmp_path / name / "mine.safetensors", network, tiny("san"), task, {})
    (whole / "train" / "images" / "00000.jpg").unlink()  # the part that is not asked is not needed
    networks = [tmp_path / name / "mine.safetensors" for name in ("one", "two")]
    result = pan("report", *networks, "--data", whole, "--out", tmp_path / "report")
    assert (result.code, result.err) == (0, "")
    assert "Every number is of the part test of shapes" in (tmp_path / "report" / "report.md").read_text()
    header = (tmp_path / "report" / "by-query.csv").read_text().splitlines()[0]
    assert header == f"query,questions,{networks[0]},{networks[1]}"
    assert pan("evaluate", networks[0], "--data", whole).code == 0
