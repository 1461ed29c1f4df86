"""Finds the image files of annotations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.formats.objects import NO_IMAGE_FILE, UNREADABLE_IMAGE, Format
from pan.data.opening import image_size
from pan.data.visual_genome.find import seen_from
from pan.system.errors import InputError
from pan.system.names import is_file


class ImageFinder:
    """Searches for each image once.

    Args:
        annotations: Names the places where an image may be.
        folders: Folders to search.
        out: The set's folder; file names are relative to it.

    Attributes:
        missing: The images without a readable file, by the format's names.
        sizes: Width and height of each file found, by its relative name.
        format_names: The format's name of each file found, by its relative name.
    """

    def __init__(self, annotations: Format, folders: Sequence[Path], out: Path) -> None:
        self._annotations = annotations
        self._folders = folders
        self._out = out
        self._found: dict[str, tuple[str, str]] = {}
        self.missing: list[str] = []
        self.sizes: dict[str, tuple[int, int]] = {}
        self.format_names: dict[str, str] = {}

    def find(self, image: str) -> tuple[str, str]:
        """The file's name relative to the set's folder, and if that is empty the reason."""
        if image not in self._found:
            self._found[image] = self._look(image)
            if not self._found[image][0]:
                self.missing.append(image)
        return self._found[image]

    def annotated_size(self, name: str) -> tuple[int, int]:
        """Width and height of the annotated image, by its file's relative name. Boxes and outlines are in its pixels.

        They are those of the file if the format does not have them, or has a 0.
        """
        size = self._annotations.size(self.format_names[name])
        return size if size is not None and min(size) > 0 else self.sizes[name]

    def _look(self, image: str) -> tuple[str, str]:
        for path in (folder / place for folder in self._folders for place in self._annotations.places(image)):
            if not (is_file(path) and path.stat().st_size):
                continue
            name = seen_from(self._out, path)
            try:
                self.sizes[name] = image_size(path)
            except InputError:
                return "", UNREADABLE_IMAGE
            self.format_names[name] = image
            return name, ""
        return "", NO_IMAGE_FILE
