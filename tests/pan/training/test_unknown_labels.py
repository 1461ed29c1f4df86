"""Training on sets that do not say of every answer whether it is right."""

from __future__ import annotations

import csv
import re

import pytest

from pan.data.sources import Sources, prepare
from pan.system.errors import InputError
from pan.training.events import Epoch
from pan.training.loop import train
from tests.pan.conftest import drained, labelled_recipe


def with_column_wrong(folder, words):
    """Say of each row which answers are known to be wrong, and of no other."""
    with (folder / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "index.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("image", "query", "answers", "boxes", "wrong"))
        for row in rows:
            right = row["answers"].split(";")
            wrong = ";".join(word for word in words if word not in right)
            writer.writerow((row["image"], row["query"], row["answers"], row["boxes"], wrong))


def first_loss(folder, run):
    recipe = labelled_recipe("san", questions=40, epoch_questions=20, questions_per_image=2, images_per_batch=2)
    epochs = [each for each in train(recipe, run, Sources(data=folder), "cpu") if isinstance(each, Epoch)]
    return epochs[0].loss, epochs[0].validation_loss


@pytest.mark.parametrize(("part", "named"), [("val", "part val of"), (None, "every tenth image of")])
def test_a_set_that_cannot_tell_a_better_epoch_is_refused_before_training(part, named, labelled_set, tmp_path):
    with (labelled_set / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    validated = "images/5.jpg" if part else "images/9.jpg"
    lines = ["image,query,answers,wrong"]
    lines += [f"{row['image']},{row['query']}," + (",green" if row["image"] == validated else "brown,") for row in rows]
    (labelled_set / "index.csv").write_text("\n".join(lines) + "\n")
    if part is None:
        (labelled_set / "split.csv").unlink()
    told = f"no question of {named} {re.escape(str(labelled_set))} has a right answer, .*; add some, or give another"
    with pytest.raises(InputError, match=told):
        drained(prepare(labelled_recipe("san"), Sources(data=labelled_set)))


def test_of_unknown_answers_nothing_is_learned(labelled_set, tmp_path):
    complete = first_loss(labelled_set, tmp_path / "complete")
    with_column_wrong(labelled_set, ("brown", "green", "small", "tall"))
    assert first_loss(labelled_set, tmp_path / "listed") == pytest.approx(complete)
    with_column_wrong(labelled_set, ())
    # Of four words one or two are known: without training they cost log 2 each.
    for loss, whole in zip(first_loss(labelled_set, tmp_path / "unknown"), complete, strict=True):
        assert loss < whole / 2
