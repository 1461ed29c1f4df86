"""Sentences say what the numbers say, whichever way they fall."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pan.report.digits.claims import sentences
from pan.report.digits.numbers import numbers_of
from pan.report.digits.results import in_order


def with_numbers(results, **numbers):
    """The MREF networks alone, some of their numbers replaced."""
    return numbers_of(in_order([
        replace(result, evaluation=replace(result.evaluation, **numbers.get(result.model.replace("-", "_"), {})))
        for result in results.of_kind("mref")
    ]))  # fmt: skip


def accuracy(share, reach=0.01):
    return {"accuracy": share, "accuracy_interval": (share - reach, share + reach)}


@pytest.mark.parametrize(("own", "said"), [
    (0.9, "it holds on MREF (90.0 % against 80.0 % of SAN)"),
    (0.81, "it is undecided, because intervals overlap, on MREF (81.0 % against 80.0 % of SAN)"),
    (0.79, "it is undecided, because intervals overlap, on MREF (79.0 % against 80.0 % of SAN)"),
    (0.7, "it does not hold on MREF (70.0 % against 80.0 % of SAN)"),
])  # fmt: skip
def test_the_verdict_follows_the_intervals(results, own, said):
    sentence = sentences({"quick": with_numbers(results, pan_ctx=accuracy(own), san=accuracy(0.8))})[0]
    assert said in sentence
    assert sentence.endswith("it was not measured on MDIST and MBG.")


def test_without_its_networks_a_claim_is_not_measured(results):
    assert sentences({"quick": numbers_of(results)})[1].endswith("it was not measured on MREF, MDIST and MBG.")


@pytest.mark.parametrize(("tpr", "verdict"), [
    ([0.1, 0.3, 0.5], "it holds"), ([0.1, 0.5, 0.3], "it does not hold"), ([0.1, 0.4, 0.39, 0.7], "it does not hold"),
])  # fmt: skip
def test_attention_closes_in_where_each_layer_adds_to_it(results, tpr, verdict):
    rising = {"tpr_by_layer": tpr, "pxap_by_layer": [0.2, 0.4, 0.6]}
    numbers = with_numbers(results, pan_ctx=rising, san={"tpr_by_layer": [0.2]})
    sentence = sentences({"quick": numbers})[4]
    assert f"{verdict} on MREF (TPR {' → '.join(f'{100 * share:.1f}' for share in tpr)} %" in sentence
    assert "PxAP 20.0 → 40.0 → 60.0 %" in sentence
    assert "best single map of the others has a TPR of 20.0 %" in sentence


@pytest.mark.parametrize(("pxap", "verdict"), [
    ([0.2, 0.47, 0.6], "it holds"), ([0.2, 0.49, 0.6], "it does not hold"), ([0.2, 0.6, 0.6], "it does not hold"),
])  # fmt: skip
def test_no_layer_may_bring_more_than_seven_tenths_of_the_rise(results, pxap, verdict):
    numbers = with_numbers(results, pan_ctx={"tpr_by_layer": [0.1, 0.3, 0.5], "pxap_by_layer": pxap})
    assert f"{verdict} on MREF (TPR 10.0" in sentences({"quick": numbers})[4]


def test_a_claim_may_hold_under_one_setting_and_fail_under_another(results):
    settings = {
        "standard": with_numbers(results, pan_ctx=accuracy(0.7), san=accuracy(0.8)),
        "paper": with_numbers(results, pan_ctx=accuracy(0.7), san=accuracy(0.6)),
    }
    first = sentences(settings)[0]
    assert "under `standard` it does not hold on MREF" in first
    assert "under `paper` it holds on MREF" in first


def test_networks_of_our_own_are_no_rivals_of_the_papers(results):
    own = [replace(each, recipe=each.recipe.with_fields(model="pan-ctx-best"))
           for each in with_numbers(results, san=accuracy(1.0)) if each.model == "san"]  # fmt: skip
    numbers = [*with_numbers(results, pan_ctx=accuracy(0.9), san=accuracy(0.8)), *own]
    assert "it holds on MREF (90.0 % against 80.0 % of SAN)" in sentences({"standard": numbers})[0]
