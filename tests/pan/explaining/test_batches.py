"""A set is answered in batches that are bounded, however its questions lie."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from pan.explaining.batches import QUESTIONS_PER_IMAGE, _batches


@pytest.mark.parametrize("counts", [[7, 0, 3, 7, 1], [500], [65], [1] * 40, [40, 5, 40, 2], [70, 3, 70]])
def test_every_question_is_in_one_batch_and_no_batch_is_large(counts):
    starts = np.cumsum(counts)[:-1]
    rows = np.split(np.arange(sum(counts)), starts)
    batches = list(_batches(rows, 4))
    assert sorted(chain.from_iterable(chain.from_iterable(batches))) == list(range(sum(counts)))
    for batch in batches:
        assert len(batch) <= 4
        assert len(batch) == 1 or all(len(part) == counts[np.searchsorted(starts, part[0], "right")] for part in batch)
        assert len(batch) * max(map(len, batch)) <= 4 * QUESTIONS_PER_IMAGE
