"""Ways in which files come to harm: seeded, so that what was found is found again."""

from __future__ import annotations

import json
import random
from typing import Any

HOSTILE: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 10**6, 2**31, 2**63, 10**400, 1e308, float("inf"), float("nan"), "", "\0", "\ud800",
    "\udcff", "a" * 10_000, "\u202e\x1b[31m\n", [], {}, [[]], [1, 2, 3], {"a": 1}, "../../../etc/passwd",
    "/" + "a" * 300,
)  # fmt: skip
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"9" * 5_000, b"1e400", b"NaN", b"[" * 100_000, b'{"a":' * 5_000, b'"', b",,,",
    b"\r\n\r\n", b"\x1b[2J", b"\xed\xa0\x80", b"-", b"../../", b"\t;", b"\xc0\xaf",
)  # fmt: skip


def damaged(data: bytes, draw: random.Random) -> bytes:
    """The bytes after one to three harms."""
    for _ in range(draw.randint(1, 3)):
        data = draw.choice((_flipped, _cut, _spliced, _with_token, _repeated, _with_values))(data, draw)
    return data


def _flipped(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        if changed:
            place = draw.randrange(min(len(changed), draw.choice((64, 4_096, 1 << 30))))
            changed[place] = draw.choice((0, 255, changed[place] ^ (1 << draw.randrange(8)), draw.randrange(256)))
    return bytes(changed)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _spliced(data: bytes, draw: random.Random) -> bytes:
    begin, end = sorted(draw.randrange(len(data) + 1) for _ in range(2))
    return data[:begin] + data[end:]


def _repeated(data: bytes, draw: random.Random) -> bytes:
    begin = draw.randrange(len(data) + 1)
    part = data[begin : begin + draw.randrange(1, 4_096)]
    return data[:begin] + part * draw.randint(2, 20) + data[begin:]


def _with_token(data: bytes, draw: random.Random) -> bytes:
    place, replaced = draw.randrange(len(data) + 1), draw.choice((0, 0, 1, 8))
    return data[:place] + draw.choice(TOKENS) + data[place + replaced :]


def _with_values(data: bytes, draw: random.Random) -> bytes:
    """Of JSON, also in the header of safetensors, values changed for others; anything else with bytes changed."""
    size = int.from_bytes(data[:8], "little")
    if len(data) > size + 8 and data[8:9] == b"{":
        head, tail = data[8 : 8 + size], data[8 + size :]
        changed = _json(head, draw, inside=("__metadata__", "pan"))
        return data if changed is None else len(changed).to_bytes(8, "little") + changed + tail
    changed = _json(data, draw)
    return _flipped(data, draw) if changed is None else changed


def _json(text: bytes, draw: random.Random, inside: tuple[str, ...] = ()) -> bytes | None:
    try:
        values = json.loads(text)
        if inside and draw.random() < 0.8:
            own = json.loads(values[inside[0]][inside[1]])
            values[inside[0]][inside[1]] = json.dumps(_changed(own, draw))
        else:
            values = _changed(values, draw)
    except (ValueError, KeyError, TypeError, RecursionError, IndexError):
        return None
    return json.dumps(values).encode()


def _changed(values: Any, draw: random.Random) -> Any:
    """One value somewhere in it is another, or missing."""
    if isinstance(values, dict) and values and draw.random() < 0.9:
        key = draw.choice(list(values))
        if draw.random() < 0.1:
            return {name: each for name, each in values.items() if name != key}
        return {**values, key: _changed(values[key], draw)}
    if isinstance(values, list) and values and draw.random() < 0.8:
        place = draw.randrange(len(values))
        return [*values[:place], _changed(values[place], draw), *values[place + 1 :]]
    return draw.choice(HOSTILE)
