"""What the steps of the walk say is so with the networks that ship."""

from __future__ import annotations

import pytest

from pan_explorer.answering.reader import Reader
from pan_explorer.answering.restoring import restore
from pan_explorer.state.answers import Answers, Reading
from pan_explorer.state.step_file import read_walk
from pan_explorer.state.surgery import edits_from_json


@pytest.fixture(scope="module")
def answers() -> dict[str, Answers]:
    """What the networks of each step answer, by the first digits of its file's name."""
    reader, said = Reader(), {}
    for step in read_walk():
        restored = restore(step.path, lambda name: reader.load(name).recipe.model)
        assert not restored.missing
        fields, saved = restored.fields(), restored.saved
        models = tuple(model.name for model in saved.models)
        surgeries = edits_from_json(saved.surgery)
        said[step.path.name[:2]] = reader.read(fields["picture"], fields["query"], models, surgeries, lambda: True)
    return said


def reading(answers: Answers, model: str) -> Reading:
    return answers.pane(model).reading


def last_share(answers: Answers, model: str) -> float:
    return reading(answers, model).layers[-1].accumulated_on_object.tpr


def is_right(answers: Answers, model: str) -> bool:
    return reading(answers, model).right


@pytest.mark.parametrize(("step", "model"), [
    ("01", "mbg/pan-ctx"), ("02", "mbg/san"), ("03", "mbg/pan-ctx"), ("04", "mbg/pan-ctx"), ("09", "mref/pan-ctx"),
    ("10", "mbg/pan-ctx"),
])  # fmt: skip
def test_the_network_of_a_step_is_right_where_the_step_needs_it(answers: dict[str, Answers], step, model) -> None:
    assert is_right(answers[step], model)


def test_san_attends_beside_a_small_digit_where_pan_ctx_attends_to_it(answers: dict[str, Answers]) -> None:
    assert last_share(answers["02"], "mbg/san") < 0.5 < last_share(answers["03"], "mbg/pan-ctx")


def test_local_context_puts_more_attention_on_the_digit(answers: dict[str, Answers]) -> None:
    assert last_share(answers["04"], "mbg/pan") < last_share(answers["04"], "mbg/pan-ctx")


def test_soft_and_hard_attention_answer_differently_in_their_step(answers: dict[str, Answers]) -> None:
    one, other = (pane.reading.answer for pane in answers["05"].panes)
    assert one != other


def test_the_closed_digit_changes_the_answer(answers: dict[str, Answers]) -> None:
    closed = reading(answers["06"], "mbg/pan-ctx")
    assert closed.unchanged.answer in closed.truths
    assert closed.answer not in closed.truths


def test_pan_ctx_fails_and_is_sure_where_the_step_says_so(answers: dict[str, Answers]) -> None:
    assert not is_right(answers["07"], "mbg/pan-ctx")
    assert reading(answers["07"], "mbg/pan-ctx").probability > 0.7
