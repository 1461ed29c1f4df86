"""Files that are sound by their form and hold other things than they should: values, cells, arrays, chunks."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
import zlib
from typing import Any

import numpy as np

HOSTILE: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 10**6, 2**31, 2**63, 10**400, 1e308, float("inf"), float("nan"), "", "\0", "\ud800",
    "\udcff", "a" * 10_000, "\u202e\x1b[31m\n", [], {}, [[]], [1, 2, 3], {"a": 1}, "../../../etc/passwd",
    "/" + "a" * 300,
)  # fmt: skip
CELLS = ("", "-1", "0", "nan", "inf", "1e400", "9" * 5_000, "1,5", "\0", "a" * 140_000, "../../../etc/passwd",
         "\u202e\x1b[31m", "five", ";;", "0 0 1e300 1e300", "١٢", "1_0", " ", "\\", '"')  # fmt: skip
NAMES = ("../outside", "/tmp/outside", "a/../../b", "a" * 300, "C:\\x", "con", "session.panx/x", "x\n", ".")
"""Of members of an archive."""
PNG = b"\x89PNG\r\n\x1a\n"
CHUNKS = (b"iCCP", b"eXIf", b"zTXt", b"iTXt", b"tRNS", b"PLTE", b"gAMA", b"acTL", b"fdAT", b"IDAT", b"IEND", b"IHDR")


def with_other_content(data: bytes, draw: random.Random) -> bytes | None:
    """The same file with something else in one place of it; None of a form that is not known here."""
    if data.startswith(PNG):
        return _chunks(data, draw)
    if data.startswith(b"PK\x03\x04"):
        return _arrays(data, draw)
    if data[8:9] == b"{" and len(data) > int.from_bytes(data[:8], "little") + 8:
        return _tensors(data, draw)
    return _json(data, draw) or _table(data, draw)


def _tensors(data: bytes, draw: random.Random) -> bytes | None:
    """Of safetensors, whose header is JSON: mostly what our own header in it says."""
    size = int.from_bytes(data[:8], "little")
    head = _json(data[8 : 8 + size], draw, ours=draw.random() < 0.8)
    return None if head is None else len(head).to_bytes(8, "little") + head + data[8 + size :]


def _json(text: bytes, draw: random.Random, *, ours: bool = False) -> bytes | None:
    try:
        values = json.loads(text)
        if ours:
            own = json.loads(values["__metadata__"]["pan"])
            values["__metadata__"]["pan"] = json.dumps(_changed(own, draw))
        else:
            values = _changed(values, draw)
        return json.dumps(values, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, KeyError, TypeError, RecursionError, IndexError):
        return None


def _changed(values: Any, draw: random.Random) -> Any:
    """One value somewhere in it is another, missing, or there many times."""
    if isinstance(values, dict) and values and draw.random() < 0.9:
        key = draw.choice(list(values))
        if draw.random() < 0.1:
            return {name: each for name, each in values.items() if name != key}
        return {**values, key: _changed(values[key], draw)}
    if isinstance(values, list) and values and draw.random() < 0.8:
        place = draw.randrange(len(values))
        if draw.random() < 0.1:
            return values[:place] + values[place : place + 1] * draw.choice((0, 2, 1_000)) + values[place + 1 :]
        return [*values[:place], _changed(values[place], draw), *values[place + 1 :]]
    return draw.choice(HOSTILE)


def _table(text: bytes, draw: random.Random) -> bytes | None:
    """A cell of a CSV file is another, or a row or a column is gone or there twice."""
    try:
        rows = list(csv.reader(io.StringIO(text.decode("utf-8"), newline="")))
    except (UnicodeError, csv.Error):
        return None
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    row = draw.randrange(len(rows))
    if draw.random() < 0.2:
        rows[row : row + 1] = rows[row : row + 1] * draw.choice((0, 2))
    elif draw.random() < 0.1:
        column, times = draw.randrange(len(rows[0])), draw.choice((0, 2))
        rows = [each[:column] + each[column : column + 1] * times + each[column + 1 :] for each in rows]
    elif rows[row]:
        rows[row][draw.randrange(len(rows[row]))] = draw.choice(CELLS)
    written = io.StringIO()
    between, end = draw.choice(",,,;\t"), draw.choice(("\n", "\r\n", "\r"))
    csv.writer(written, delimiter=between, lineterminator=end).writerows(rows)
    return written.getvalue().encode()


def _arrays(data: bytes, draw: random.Random) -> bytes | None:
    """A member of an .npz file is another array, or says that it is, or is packed otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return None
    if not members:
        return None
    name = draw.choice(list(members))
    if draw.random() < 0.2:
        members[draw.choice(NAMES)] = members.pop(name)
    else:
        members[name] = draw.choice((_array, _boast))(draw)
    packing = draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    return written.getvalue()


def _array(draw: random.Random) -> bytes:
    """An array of any type and shape; also one of objects, and a large one that packs to almost nothing."""
    shape = draw.choice(((), (0,), (1,), (3,), (2, 2), (0, 3), (1, 1, 1, 1), (5_000_000,)))
    kind = draw.choice(("f4", "f8", "f2", "u1", "i8", "?", "U1", "U40", "S3", "c8", "M8[s]", "O", ">f4", "V5"))
    array = np.zeros(shape if len(shape) != 1 or kind == "u1" or shape[0] < 100 else (7,), kind)
    if array.dtype.kind == "f" and draw.random() < 0.5:
        array[...] = draw.choice((np.nan, np.inf, -1.0, 1e30 if array.dtype.itemsize > 2 else 1.0))
    written = io.BytesIO()
    np.save(written, array, allow_pickle=True)
    return written.getvalue()


def _boast(draw: random.Random) -> bytes:
    """A header that says more than follows it."""
    shape = draw.choice(("(12500000000,)", "(-1,)", "(3, 10**9)", "(2.5,)", "'x'", "(1,) * 60", "(True,)", "[3]"))
    kind = draw.choice(("'<f8'", "'<U1000000000'", "'|O'", "('a', 'b')", "[('x', '<f4')]", "None", "'<f4'"))
    text = f"{{'descr': {kind}, 'fortran_order': {draw.choice(('False', 'True', '7'))}, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY" + draw.choice((b"\1\0", b"\2\0", b"\3\0")) + len(text).to_bytes(2, "little") + text


def _chunks(data: bytes, draw: random.Random) -> bytes:
    """A chunk of a PNG is another, and its sum is right: what reads its content meets it."""
    chunks, place = [], len(PNG)
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += length + 12
    number = draw.randrange(len(chunks) + 1)
    if number == len(chunks) or draw.random() < 0.2:
        content = draw.choice((b"", draw.randbytes(draw.randrange(60)), b"x\0\0" + draw.randbytes(20)))
        chunks.insert(draw.randrange(len(chunks) + 1), (draw.choice(CHUNKS), content))
    else:
        name, content = chunks[number]
        changed = bytearray(content)
        for _ in range(draw.randint(1, 4) if content else 0):
            changed[draw.randrange(len(changed))] = draw.choice((0, 1, 255, draw.randrange(256)))
        chunks[number] = name, bytes(changed)
    return PNG + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
