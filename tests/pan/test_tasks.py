"""The words of a task."""

from __future__ import annotations

import pytest

from pan.errors import InputError
from pan.tasks import MNIST_REFERENCE, Task

MANY = Task(224, (*(f"word{number}" for number in range(800)), "fire hydrant", "truck"), ("red",), several=True)


def test_of_few_words_all_may_be_chosen():
    with pytest.raises(InputError, match=r"“ten” cannot be asked; choose one of 0, 1, 2, .*9\."):
        MNIST_REFERENCE.query_index("ten")


def test_of_many_words_the_nearest_are_suggested():
    said = r"“Fire hidrant” cannot be asked; of 802 known words the nearest (is|are) fire hydrant"
    with pytest.raises(InputError, match=said) as told:
        MANY.query_index("Fire hidrant")
    assert len(str(told.value)) < 200
    assert MANY.query_index("truck") == 801


def test_where_no_word_is_near_some_are_named():
    with pytest.raises(InputError, match=r"none of the 802 known words is near it; choose one such as word0, word1"):
        MANY.query_index("🂡")
