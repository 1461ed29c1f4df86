"""JSON arrays of any length, one entry after the other, in the memory of one."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pan.system.errors import InputError

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


def json_array(path: Path) -> Iterator[Entry]:
    """The entries of the array in a file.

    Raises:
        InputError: If there is no such file or it is not a JSON array.
    """
    try:
        with path.open("rb") as file:
            text = _Text(file)
            text.expect("[")
            more = text.peek() != "]"
            while more:
                yield Entry(text.value(), text.read)
                more = text.peek() != "]"
                if more:
                    text.expect(",")
            text.expect("]")
            text.expect("")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:  # JSON's and Unicode's own errors are ValueErrors
        raise InputError(f"{path} is not a whole JSON array ({error}); download it again.") from error


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
