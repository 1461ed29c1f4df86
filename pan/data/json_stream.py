"""Streams JSON arrays of any length, entry by entry; only one entry is in memory at a time."""

from __future__ import annotations

import codecs
import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pan.system.errors import InputError
from pan.system.outside import open_bytes

CHUNK = 1 << 20  # bytes
LONGEST = 1 << 26  # characters of an entry; a longer one is refused
BLANK = " \t\n\r"


class Entry(NamedTuple):
    """One entry of an array.

    Attributes:
        value: Its value.
        read: Bytes of the file read so far.
    """

    value: object
    read: int


def json_array(path: Path, key: str = "") -> Iterator[Entry]:
    """The entries of the array in a file, or with a key, of that member of the object in the file.

    If the object has no such key, there are no entries.

    Raises:
        InputError: If the file is missing, or not a complete array or object.
    """
    try:
        with open_bytes(path) as file:
            text = _Text(file)
            yield from _member(text, key) if key else _entries(text)
            text.expect("")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:  # errors of JSON and Unicode are ValueErrors
        kind = "object" if key else "array"
        raise InputError(f"{path} is not a complete JSON {kind} ({error}); download it again.") from error


def _entries(text: _Text) -> Iterator[Entry]:
    text.expect("[")
    more = text.peek() != "]"
    while more:
        yield Entry(text.value(), text.read)
        more = text.peek() != "]"
        if more:
            text.expect(",")
    text.expect("]")


def _member(text: _Text, key: str) -> Iterator[Entry]:
    """Read through an object, and yield the entries of the array under the key."""
    text.expect("{")
    more = text.peek() != "}"
    while more:
        name = text.value()
        text.expect(":")
        if name == key:
            yield from _entries(text)
        elif text.peek() == "[":  # skipped entry by entry: it may be very long
            deque(_entries(text), maxlen=0)
        else:
            text.value()
        more = text.peek() != "}"
        if more:
            text.expect(",")
    text.expect("}")


class _Text:
    """A sliding window over a file's text.

    Attributes:
        read: Bytes of the file read so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.read = 0
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._scan = json.JSONDecoder().raw_decode
        self._window, self._place = "", 0

    def peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            while self._place < len(self._window):
                if self._window[self._place] not in BLANK:
                    return self._window[self._place]
                self._place += 1
            if not self._fill(CHUNK):
                return ""

    def expect(self, sign: str) -> None:
        """Consume a character; an empty string expects the end."""
        found = self.peek()
        if found != sign:
            raise ValueError(f"“{found or 'its end'}” where “{sign or 'its end'}” is expected")
        self._place += 1

    def value(self) -> object:
        """Consume a value and return it."""
        self.peek()
        chunk = CHUNK
        while True:
            try:
                value, end = self._scan(self._window, self._place)
            except json.JSONDecodeError:
                if len(self._window) - self._place > LONGEST or not self._fill(chunk):
                    raise
            else:
                if end < len(self._window) or not self._fill(chunk):  # 12 may continue as 123
                    self._place = end
                    return value
            chunk *= 2  # keeps the number of scans of a long value small

    def _fill(self, size: int) -> bool:
        """Read further; False at the end of the file."""
        taken = self._file.read(size)
        self.read += len(taken)
        self._window = self._window[self._place :] + self._decode(taken, final=not taken)
        self._place = 0
        return bool(taken)
