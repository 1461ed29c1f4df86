"""What a study compares differs in one thing."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from pan.studies import STUDIES, plan
from pan.system.errors import InputError

UNIFORM = {"start"}  # an MBG training starts from a trial of the study, which the runner fills in


def difference(one, other):
    one, other = asdict(one.recipe), asdict(other.recipe)
    return {name for name in one if one[name] != other[name]} - UNIFORM


@pytest.mark.parametrize("study", STUDIES)
def test_no_two_trainings_have_the_same_name_and_each_stands_behind_its_start(study):
    seen = set()
    for trial in plan(study):
        assert trial.name not in seen
        assert trial.after in {"", *seen}
        seen.add(trial.name)


def test_a_variant_of_the_ablation_changes_the_fields_it_names_and_no_others():
    trials = {trial.name: trial for trial in plan("ablation")}
    changed = {
        "standard": set(), "no-normalisation": {"normalize"}, "no-padding": {"padding"},
        "one-question": {"questions_per_image", "images_per_batch"},
        "no-answers": {"answer_weight", "covering", "strictness"},
        "float32": {"precision"}, "no-covering": {"covering", "strictness"}, "other-start": set(),
        "pool-1": {"gates"}, "wide-context": {"wide_context"}, "wide-pool-1": {"gates", "wide_context"},
    }  # fmt: skip
    assert {trial.variant for trial in trials.values()} == set(changed)
    for name, trial in trials.items():
        base = trials[name.removesuffix(trial.variant) + "standard"]
        assert difference(trial, base) == changed[trial.variant]
        assert trial.recipe.batch_questions == base.recipe.batch_questions


def test_photographs_follow_the_same_variant_on_black_save_where_they_start_from_nothing():
    for trial in plan("ablation", kinds=["mbg"]):
        if trial.recipe.kind == "mbg":
            expected = "" if trial.variant == "other-start" else trial.name.replace("-mbg-", "-mref-")
            assert (trial.after, trial.recipe.start) == (expected, "")


def test_seeds_change_the_seed_alone():
    one, other = (trial for trial in plan("seeds", models=["san"]) if trial.recipe.seed < 2)
    assert replace(one.recipe, seed=1) == other.recipe


def test_one_budget_holds_for_every_training():
    assert {trial.recipe.questions for trial in plan("paper", questions=500)} == {500}


def test_a_choice_that_leaves_nothing_is_refused():
    with pytest.raises(InputError, match="no training of these networks"):
        plan("seeds", kinds=["mbg"])
