"""Ways in which files come to harm: seeded, so that what was found is found again."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.pan.outside.inner_damage import with_other_content

TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"9" * 5_000, b"1e400", b"NaN", b"[" * 100_000, b'{"a":' * 5_000, b'"', b",,,",
    b"\r\n\r\n", b"\x1b[2J", b"\xed\xa0\x80", b"-", b"../../", b"\t;", b"\xc0\xaf",
)  # fmt: skip
WHOLES = (b"", b"\n", b"\0" * 5_000, b"[]", b"{}", b"null", b'"' + b"a" * 200_000, b"[" * 200_000,
          b"PK\x05\x06" + b"\0" * 18)  # fmt: skip
"""What may stand in the place of a whole file."""
CODES = ("utf-16", "utf-8-sig", "latin-1", "utf-32-be")


def damaged(data: bytes, draw: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """The bytes after one to three harms.

    Args:
        data: Of a sound file.
        draw: Decides what happens to it.
        others: Other sound files, which may be mixed with it or stand in its place.
    """
    if draw.random() < 0.03:
        return draw.choice((*WHOLES, *others))
    harms = (_flipped, _cut, _spliced, _with_token, _repeated, _changed_inside, _changed_inside, _recoded)
    for _ in range(draw.randint(1, 3)):
        data = _grafted(data, draw, others) if others and draw.random() < 0.1 else draw.choice(harms)(data, draw)
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


def _grafted(data: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    """The beginning of one file, the end of another."""
    other = draw.choice(others)
    return data[: draw.randrange(len(data) + 1)] + other[draw.randrange(len(other) + 1) :]


def _changed_inside(data: bytes, draw: random.Random) -> bytes:
    changed = with_other_content(data, draw)
    return _flipped(data, draw) if changed is None else changed


def _recoded(data: bytes, draw: random.Random) -> bytes:
    """Text as another program saves it."""
    try:
        return data.decode("utf-8").encode(draw.choice(CODES))
    except UnicodeError:
        return _flipped(data, draw)
