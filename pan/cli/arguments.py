"""Choices, help texts and parsers of arguments that several commands share."""

from __future__ import annotations

from argparse import ArgumentTypeError

KINDS = ("mref", "mdist", "mbg")
SPLITS = ("train", "val", "test")
FORMATS = ("coco", "clevr", "vaw", "labelme")
DATA_ROOT_HELP = "folder with MNIST in it (default: PAN_DATA, else the user's data folder)"
BACKGROUNDS_HELP = "folder of photographs for mbg (default: those that come with the program)"
DEVICE_HELP = "auto, cuda, cuda:N, mps or cpu (default: auto, a GPU where there is one)"
JSON_HELP = "write JSON to a file, or to standard output for -"


def at_least_one(text: str) -> int:
    """A count of at least 1."""
    try:
        number = int(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not a whole number") from error
    if number < 1:
        raise ArgumentTypeError(f"must be at least 1, not {number}")
    return number


def seed(text: str) -> int:
    """A seed: a non-negative whole number."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"a seed must be a whole number of at least 0, not “{text}”")
    return int(text)


def none_or_more(text: str) -> int:
    """A count of at least 0."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"must be a whole number of at least 0, not “{text}”")
    return int(text)


def setting(text: str) -> tuple[str, str]:
    """`FIELD=VALUE`."""
    field, sign, value = text.partition("=")
    if not sign or not field:
        raise ArgumentTypeError(f"“{text}” is not FIELD=VALUE")
    return field.strip(), value.strip()
