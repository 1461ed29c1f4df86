"""What a study compares differs in one thing."""

from __future__ import annotations

import pytest

from pan.studies import STUDIES, plan
from pan.system.errors import InputError

UNIFORM = {"start"}  # an MBG training starts from a trial of the study, which the runner fills in


def difference(one, other):
    return set(one.recipe.changes_from(other.recipe)) - UNIFORM


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
        assert trial.recipe.data.batch_questions == base.recipe.data.batch_questions


def test_photographs_follow_the_same_variant_on_black_save_where_they_start_from_nothing():
    for trial in plan("ablation", kinds=["mbg"]):
        if trial.recipe.kind == "mbg":
            expected = "" if trial.variant == "other-start" else trial.name.replace("-mbg-", "-mref-")
            assert (trial.after, trial.recipe.start) == (expected, "")


def test_what_a_chosen_training_starts_from_is_trained_too():
    trials = plan("ablation", kinds=["mbg"], models=["san"])
    named = [trial.name for trial in trials]
    started = [trial for trial in trials if trial.after]
    assert started
    assert all(named.index(trial.after) < named.index(trial.name) for trial in started)


def test_seeds_change_the_seed_alone():
    one, other = (trial for trial in plan("seeds", models=["san"]) if trial.recipe.seed < 2)
    assert one.recipe.with_fields(seed=1) == other.recipe


def test_one_budget_holds_for_every_training():
    assert {trial.recipe.optimization.questions for trial in plan("paper", questions=500)} == {500}


def test_a_choice_that_leaves_nothing_is_refused():
    with pytest.raises(InputError, match="no training of these networks"):
        plan("seeds", kinds=["mbg"])


def test_the_authors_regime_has_40_epochs_of_30_000_questions_on_every_kind():
    trials = plan("authors")
    assert [trial.recipe.kind for trial in trials] == ["mdist"] * 6 + ["mref"] * 3 + ["mbg"] * 3
    assert {trial.recipe.optimization.questions for trial in trials} == {1_200_000}
    assert {trial.recipe.optimization.epoch_questions for trial in trials} == {30_000}
    pan_ctx = next(trial.recipe for trial in trials if trial.recipe.model == "pan-ctx")
    assert (pan_ctx.objective.answer_weight, pan_ctx.objective.covering) == (0.0, 0.0)
    assert (pan_ctx.network.padding, pan_ctx.data.scenes) == (0, 4_270)


def test_the_study_of_scenes_changes_their_number_alone():
    for model in ("san", "han", "pan-ctx"):
        first, *others = plan("scenes", models=[model])
        assert [trial.recipe.data.scenes for trial in (first, *others)] == [1_000, 4_270, 30_000, 80_000]
        assert all(difference(trial, first) == {"scenes"} for trial in others)
    assert {trial.recipe.optimization.questions for trial in plan("scenes")} == {1_200_000}
