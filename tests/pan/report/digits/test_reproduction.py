"""The answers on the reproduction of Table 1, from any trainings."""

from __future__ import annotations

import pytest

from pan.recipes.by_name import find_recipe
from pan.report.digits.numbers import Numbers, Regimes
from pan.report.digits.reproduction import reproduction
from pan.report.digits.studies import by_scenes, scene_table
from pan.studies import Record


def numbers(name, accuracy, *, preset="authors", **values):
    recipe = find_recipe(name, preset).with_fields(questions=1_200_000)
    return Numbers(recipe, {"accuracy": accuracy, "accuracy_interval": [accuracy, accuracy], **values})


def record(study, model, scenes, accuracy, questions=1_200_000):
    recipe = find_recipe(f"mdist/{model}", "authors").with_fields(scenes=scenes, questions=questions)
    values = {"accuracy": accuracy, "accuracy_interval": [accuracy - 0.01, accuracy + 0.01]}
    return Record(study, "", "", "", recipe, {"scenes": 9, "seed": 1}, 1.0, values)


def test_without_measurements_the_five_answers_say_so():
    sentences = reproduction(Regimes([], [], []), {})
    assert len(sentences) == 5
    assert all("It was not measured." in sentence for sentence in sentences)


@pytest.mark.parametrize(("pan_ctx", "said"), [
    (0.95, "On MDIST it does (PAN-CTX 95.0 > SAN 80.0; the paper: PAN-CTX 96.0 > SAN 75.7)."),
    (0.75, "On MDIST in 0 of 1 pairs of networks (SAN 80.0 > PAN-CTX 75.0; the paper: PAN-CTX 96.0 > SAN 75.7)."),
])  # fmt: skip
def test_the_order_is_held_against_the_papers(pan_ctx, said):
    authors = [numbers("mdist/san", 0.8), numbers("mdist/pan-ctx", pan_ctx)]
    assert reproduction(Regimes([], authors, []), {})[0].endswith(said)


def test_numbers_are_held_against_the_papers_in_points():
    authors = [numbers("mdist/san", 0.8073, tpr=0.1456), numbers("mdist/pan-ctx", 0.9502)]
    said = "On MDIST accuracies are 3.0 points from the paper's on average, at most 5.0 (SAN, above), TPR 2.0."
    assert reproduction(Regimes([], authors, []), {})[1].endswith(said)


@pytest.mark.parametrize(("rival", "cause"), [(0.98, "Images: "), (0.83, "Not images alone: ")])
def test_the_cause_is_images_where_more_than_the_papers_close_the_gap(rival, cause):
    records = [record("scenes", "san", 1_000, 0.4), record("scenes", "pan-ctx", 1_000, 0.7),
               record("scenes", "san", 4_270, 0.8), record("scenes", "pan-ctx", 4_270, 0.9),
               record("scenes", "san", 80_000, rival), record("scenes", "pan-ctx", 80_000, 0.99)]  # fmt: skip
    sentence = reproduction(Regimes([], [], []), by_scenes(records))[2]
    assert f"? {cause}at equal questions the better of SAN and HAN goes from 80.0 % with 4,270 scenes" in sentence
    assert "ahead of it by +30.0 with 1,000, +10.0 with 4,270, " in sentence


def test_rivals_are_held_against_the_papers_pan_ctx():
    here = [numbers("mref/san", 0.99, preset="standard"), numbers("mref/han", 0.98, preset="standard")]
    said = "On MREF 1 of 2 is above the paper's PAN-CTX of 98.5 % (SAN 99.0 > HAN 98.0)."
    assert reproduction(Regimes(here, [], []), {})[3].endswith(said)


def test_the_literal_text_of_0_4_is_said_to_be_that():
    new = numbers("mref/san", 0.6, preset="paper", pxap=0.1)
    old = numbers("mref/han", 0.4, preset="paper")
    sentence = reproduction(Regimes([], [], [new]), {})[4]
    assert "0.4.0" not in sentence
    assert "all trainings are better than a query-blind guess; the best is SAN on MREF with 60.0 %." in sentence
    sentence = reproduction(Regimes([], [], [new, old]), {})[4]
    assert "as implemented in version 0.4.0, which asked about the first placed digit" in sentence
    assert "1 of 2 trainings are no better than a query-blind guess: HAN on MREF (40.0 %)" in sentence


def test_trainings_by_the_authors_regime_stand_in_where_they_had_as_many_questions():
    records = [record("scenes", "san", 1_000, 0.6), record("authors", "san", 4_270, 0.8),
               record("authors", "han", 4_270, 0.7, questions=9_000_000)]  # fmt: skip
    measured = by_scenes(records)
    assert {model: list(found) for model, found in measured.items()} == {"san": [1_000, 4_270]}
    assert scene_table(measured).rows == [["SAN", "60.00 ± 1.00", "80.00 ± 1.00", "–", "–"]]
    assert by_scenes(records[1:]) == {}
