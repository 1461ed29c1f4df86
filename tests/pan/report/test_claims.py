"""Sentences say what the numbers say, whichever way they fall."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pan.report.claims import sentences
from pan.report.results import in_order


def with_numbers(results, **numbers):
    """The MREF networks alone, some of their numbers replaced."""
    return in_order([
        replace(result, evaluation=replace(result.evaluation, **numbers.get(result.model.replace("-", "_"), {})))
        for result in results.of_kind("mref")
    ])  # fmt: skip


def accuracy(share, reach=0.01):
    return {"accuracy": share, "accuracy_interval": (share - reach, share + reach)}


@pytest.mark.parametrize(("own", "said"), [
    (0.9, "it holds on MREF (90.0 % against 80.0 % of SAN)"),
    (0.8, "it is within the intervals, and so undecided, on MREF (80.0 % against 80.0 % of SAN)"),
    (0.7, "it does not hold on MREF (70.0 % against 80.0 % of SAN)"),
])  # fmt: skip
def test_the_verdict_follows_the_intervals(results, own, said):
    sentence = sentences(with_numbers(results, pan_ctx=accuracy(own), san=accuracy(0.8)))[0]
    assert said in sentence
    assert sentence.endswith("it was not measured on MDIST and MBG.")


def test_without_its_networks_a_claim_is_not_measured(results):
    assert sentences(results)[1].endswith("it was not measured on MREF, MDIST and MBG.")


@pytest.mark.parametrize(("tpr", "verdict"), [([0.1, 0.3, 0.5], "it holds"), ([0.1, 0.5, 0.3], "it does not hold")])
def test_attention_closes_in_where_each_layer_adds_to_it(results, tpr, verdict):
    sentence = sentences(with_numbers(results, pan_ctx={"tpr_by_layer": tpr}, san={"tpr": 0.2}))[4]
    assert f"{verdict} on MREF ({' → '.join(f'{100 * share:.1f}' for share in tpr)} %" in sentence
    assert "best single map of the others has 20.0 %" in sentence
