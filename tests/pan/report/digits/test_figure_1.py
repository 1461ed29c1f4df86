"""Figure 1 as a measurement."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pan.data.questions import QuestionSet
from pan.evaluation.results import Distractors
from pan.report.digits.figure_1 import attention_left, distractor_sentence, even_shares


@pytest.fixture
def three():
    """An image of 10 × 10 pixels with digits of 10, 20 and 40 pixels, of which the largest lies below."""
    masks = np.zeros((3, 100), bool)
    masks[0, :10] = masks[1, 10:30] = masks[2, 30:70] = True
    return QuestionSet(
        np.zeros((1, 10, 10, 3), np.uint8), np.zeros(3, int), np.arange(3), np.zeros(3, int), np.ones(3),
        np.packbits(masks, axis=1), np.ones(3, bool),
    )  # fmt: skip


def test_even_attention_lies_on_digits_by_their_size(three):
    # smaller: of the second the first, of the third the mean of both; larger: of the first both, of the second one
    assert even_shares(three) == pytest.approx(((0.10 + 0.15) / 2, (0.30 + 0.40) / 2))


@pytest.mark.parametrize(("large", "said"), [
    ([0.8, 0.7, 0.1], "small ones are suppressed first, after attention 2, large ones after attention 4."),
    ([0.8, 0.7, 0.6], "only small ones are suppressed, after attention 2."),
    ([0.4, 0.1, 0.1], "both are suppressed after attention 2."),
])  # fmt: skip
def test_a_digit_is_gone_where_less_than_half_of_even_attention_is_left(results, large, said):
    result = results.get("mref", "pan-ctx")
    even = even_shares(result.questions)
    by_layer = [Distractors(small * even.smaller, share * even.larger)
                for small, share in zip([0.4, 0.2, 0.0], large, strict=True)]  # fmt: skip
    left = attention_left(replace(result, evaluation=replace(result.evaluation, distractors_by_layer=by_layer)))
    assert left.smaller == pytest.approx((0.4, 0.2, 0.0))
    sentence = distractor_sentence(left)
    assert sentence.startswith("MREF, PAN-CTX: ")
    assert "40 → 20 → 0 % on an average smaller one" in sentence
    assert sentence.endswith(said)


def test_a_network_with_one_map_has_no_layers_to_compare(results):
    assert attention_left(results.get("mref", "san")) is None
