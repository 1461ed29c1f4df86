"""Damaged copies of every format's files: a set, or one sentence."""

from __future__ import annotations

import json
import random

import pytest

from pan.data.check import check_set
from pan.data.formats import build_set, open_format
from pan.system.errors import InputError
from tests.pan.conftest import drained

ODD = (None, True, -1, 1e308, float("nan"), float("inf"), "", "x" * 3000, "a\0b", "\ud800", "../../x", [], {}, [[]],
       10**30, 10**400, "a\nb", " ")  # fmt: skip
BITS = (b"[", b"{", b'"', b"\0", b"9" * 400, b"1e999", b"-", b"\xff")


def changed(value, draw):
    """A value with a few of its parts odd or gone."""
    if draw.random() < 0.001:
        return draw.choice(ODD)
    if isinstance(value, dict):
        return {key: changed(each, draw) for key, each in value.items() if draw.random() > 0.0005}
    if isinstance(value, list):
        return [changed(each, draw) for each in value if draw.random() > 0.0005]
    return value


def damaged(content, draw):
    """Bytes with a few cut out, put in or turned into others."""
    content = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(content))
        length = draw.choice((0, 1, draw.randint(1, 200)))
        content[place : place + length] = draw.choice((b"", draw.choice(BITS), bytes([draw.randrange(256)])))
    return bytes(content)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["coco", "clevr", "vaw", "labelme"])
def test_a_damaged_file_is_a_set_or_a_sentence(kind, seed, request, tmp_path):
    draw = random.Random(f"{kind} {seed}")
    given = request.getfixturevalue(kind)
    file = given[0] if isinstance(given, list) else given / "0.json" if given.is_dir() else given
    if seed % 2:
        text = json.dumps(changed(json.loads(file.read_text()), draw), ensure_ascii=False)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    else:
        file.write_bytes(damaged(file.read_bytes(), draw))
    folders = (tmp_path / "images", tmp_path / "drawn")
    try:
        account = drained(build_set(open_format(kind, [file], folders), folders, tmp_path / "set"))
    except InputError:
        assert not (tmp_path / "set" / "index.csv").exists()
    else:
        assert account.kept + sum(account.dropped.values()) == account.objects
        assert drained(check_set(tmp_path / "set")).questions == account.rows
