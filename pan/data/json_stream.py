"""JSON arrays of any length, alone or in an object, one entry after the other, in the memory of one."""

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
LONGEST = 1 << 26  # characters; what goes on for longer is no entry, but a file that is not JSON
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
    """The entries of the array in a file, or of the array that the object in it has under a key.

    Without such a key there are none.

    Raises:
        InputError: If there is no such file, or it is no whole array or object.
    """
    try:
        with open_bytes(path) as file:
            text = _Text(file)
            yield from _member(text, key) if key else _entries(text)
            text.expect("")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:  # JSON's and Unicode's own errors are ValueErrors
        kind = "object" if key else "array"
        raise InputError(f"{path} is not a whole JSON {kind} ({error}); download it again.") from error


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
    """Step over an object, and give the entries of the array under the key."""
    text.expect("{")
    more = text.peek() != "}"
    while more:
        name = text.value()
        text.expect(":")
        if name == key:
            yield from _entries(text)
        elif text.peek() == "[":  # entry by entry: it may be as long as the file
            deque(_entries(text), maxlen=0)
        else:
            text.value()
        more = text.peek() != "}"
        if more:
            text.expect(",")
    text.expect("}")


class _Text:
    """A window that slides over a file's text.

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
        """The next character that is not blank; empty at the end."""
        while True:
            while self._place < len(self._window):
                if self._window[self._place] not in BLANK:
                    return self._window[self._place]
                self._place += 1
            if not self._fill(CHUNK):
                return ""

    def expect(self, sign: str) -> None:
        """Step over a character; the empty one is the end."""
        found = self.peek()
        if found != sign:
            raise ValueError(f"“{found or 'its end'}” where “{sign or 'its end'}” is expected")
        self._place += 1

    def value(self) -> object:
        """Step over a value."""
        self.peek()
        chunk = CHUNK
        while True:
            try:
                value, end = self._scan(self._window, self._place)
            except json.JSONDecodeError:
                if len(self._window) - self._place > LONGEST or not self._fill(chunk):
                    raise
            else:
                if end < len(self._window) or not self._fill(chunk):  # 12 may be the beginning of 123
                    self._place = end
                    return value
            chunk *= 2  # else a value of many chunks would be scanned as many times

    def _fill(self, size: int) -> bool:
        """Read on; False at the end of the file."""
        taken = self._file.read(size)
        self.read += len(taken)
        self._window = self._window[self._place :] + self._decode(taken, final=not taken)
        self._place = 0
        return bool(taken)
