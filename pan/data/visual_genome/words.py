"""Normalises the names and attributes that annotators typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

from pan.system.errors import InputError
from pan.system.outside import lines_of, open_text


def clean(text: str) -> str:
    """Lower case, NFC, single spaces, without a final full stop and unprintable characters."""
    plain = "".join(sign for sign in normalize("NFC", text.lower()) if sign.isprintable() or sign.isspace())
    return " ".join(plain.split()).removesuffix(".").rstrip()


def read_aliases(path: Path) -> dict[str, str]:
    """Read a file such as `object_alias.txt`: each line has a word and its aliases, separated by commas.

    Raises:
        InputError: If the file cannot be read.
    """
    try:
        with open_text(path) as file:
            lines = list(lines_of(file))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a list of aliases; it must be a text file in UTF-8.") from error
    aliases: dict[str, str] = {}
    for line in lines:
        word, *others = map(clean, line.split(","))
        aliases |= dict.fromkeys(filter(None, others), word)
    return aliases


def object_word(names: object, aliases: Mapping[str, str]) -> str:
    """An object's first name with aliases resolved; empty if it has none."""
    first = names[0] if isinstance(names, list) and names else names
    word = clean(first) if isinstance(first, str) else ""
    return aliases.get(word, word)


def attribute_words(attributes: object) -> list[str]:
    """An object's attributes in order, without repetition."""
    listed = attributes if isinstance(attributes, list) else [attributes]
    cleaned = (clean(each) for each in listed if isinstance(each, str))
    return list(dict.fromkeys(word for word in cleaned if word))
