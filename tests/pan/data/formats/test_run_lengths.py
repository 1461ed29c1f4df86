"""COCO's runs: what pycocotools wrote is read, and what is written is what it would have written."""

from __future__ import annotations

import numpy as np
import pytest

from pan.data.formats.run_lengths import decode, encode

BY_PYCOCOTOOLS = (
    "e<i0?000000000000000000^OI37MI37MI37MI37MI37MI37MI37MI37MI37MI37?00000000000000000000000000000000000000[<"
)
"""The mask below, by `pycocotools.mask.encode` 2.0.11."""


@pytest.fixture
def frame():
    mask = np.zeros((40, 60), bool)
    mask[5:30, 10:50] = True
    mask[12:20, 20:30] = False
    return mask


def test_text_of_pycocotools_is_read_and_written(frame):
    assert (decode(BY_PYCOCOTOOLS, 40, 60) == frame).all()
    assert encode(frame) == BY_PYCOCOTOOLS


def test_runs_go_down_the_columns_and_begin_outside():
    assert decode([1, 2, 3], 3, 2).tolist() == [[False, False], [True, False], [True, False]]
    assert decode([0, 3, 3], 3, 2).tolist() == [[True, False]] * 3


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99, 1])
def test_any_mask_comes_back(share, rng):
    mask = rng.random((31, 57)) < share
    assert (decode(encode(mask), 31, 57) == mask).all()


@pytest.mark.parametrize(("counts", "said"), [
    ([1, 2], "do not fill"), ([-1, 7], "do not fill"), ("\x01", "damaged"), ("o" * 20, "damaged"), ("o", "cut short"),
])  # fmt: skip
def test_runs_of_no_mask_are_refused(counts, said):
    with pytest.raises(ValueError, match=said):
        decode(counts, 3, 2)


def test_a_mask_of_any_size_needs_no_memory():
    with pytest.raises(ValueError, match="cannot be read"):
        decode([10**12], 10**6, 10**6)
