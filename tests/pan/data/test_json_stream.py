"""Long JSON arrays entry by entry."""

from __future__ import annotations

import json

import pytest

from pan.data import json_stream
from pan.data.json_stream import json_array
from pan.system.errors import InputError

ENTRIES = [{"a": [1, {"b": "x]}é,["}]}, 12, -3.5e2, "ü\"", [], None, True, {"c": "z" * 500}, 123456]


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64, 1 << 20])
@pytest.mark.parametrize("indent", [None, 2])
def test_entries_are_those_of_the_file_wherever_a_chunk_ends(chunk, indent, tmp_path, monkeypatch):
    monkeypatch.setattr(json_stream, "CHUNK", chunk)
    path = tmp_path / "array.json"
    path.write_text(json.dumps(ENTRIES, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
    read = list(json_array(path))
    assert [entry.value for entry in read] == ENTRIES
    counts = [entry.read for entry in read]
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= path.stat().st_size


@pytest.mark.parametrize("chunk", [1, 7, 1 << 20])
def test_an_array_is_found_in_an_object_wherever_it_stands(chunk, tmp_path, monkeypatch):
    monkeypatch.setattr(json_stream, "CHUNK", chunk)
    path = tmp_path / "object.json"
    path.write_text(json.dumps({"info": {"items": [1]}, "others": ENTRIES, "items": ENTRIES, "last": None}))
    assert [entry.value for entry in json_array(path, "items")] == ENTRIES
    assert list(json_array(path, "none")) == []


@pytest.mark.parametrize("text", [
    "", "[]", "{", '{"items": [1}', '{"items": {}}', '{"a": 1', '{"a" 1}', '{"a": 1,}', "{} 1", '{"a": ' + "[" * 99999,
    "{" * 99999, '{"a": ' + "9" * 5000 + "}",
])  # fmt: skip
def test_what_is_no_whole_object_is_refused_by_name(text, tmp_path):
    path = tmp_path / "object.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"object\.json is not a complete JSON object"):
        list(json_array(path, "items"))


def test_an_empty_array_has_no_entries(tmp_path):
    (tmp_path / "array.json").write_text(" [ \n] ")
    assert list(json_array(tmp_path / "array.json")) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "[", '[{"a": 1}', '[{"a": 1},', '[{"a": 1},]', '{"a": 1}', "[1 2]", "[1] 2", '[{"a" 1}]', '["\xff"]',
        "[" * 99999,
    ],
)
def test_what_is_no_whole_array_is_refused_by_name(text, tmp_path):
    path = tmp_path / "array.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=r"array\.json is not a complete JSON array"):
        list(json_array(path))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.json cannot be read"):
        list(json_array(tmp_path / "none.json"))
