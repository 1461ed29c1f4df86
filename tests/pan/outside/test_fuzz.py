"""Whatever a file holds, it is read or refused in one sentence: no warning, no process, nothing written outside."""

from __future__ import annotations

import os

import pytest

from tests.pan.outside.fuzzing import fuzz
from tests.pan.outside.import_readers import IMPORTS
from tests.pan.outside.network_readers import NETWORKS
from tests.pan.outside.picture_readers import PICTURES
from tests.pan.outside.record_readers import RECORDS
from tests.pan.outside.set_readers import SETS

READERS = (*PICTURES, *SETS, *IMPORTS, *NETWORKS, *RECORDS)
QUICK, SLOW = 12, 1_000
"""Inputs for each of the readers; those of the window have tests of their own."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="alarms and pipes of POSIX")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(reader, tmp_path):
    fuzz(reader, QUICK, 0, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_many_damaged_files_are_read_or_refused(reader, tmp_path):
    counted = fuzz(reader, SLOW, 1, tmp_path)
    print(f"\n{reader.name}: {counted}")  # noqa: T201 - the numbers of docs/reliability.md
