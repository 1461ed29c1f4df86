"""The image files that annotations are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pan.data.formats.objects import NO_IMAGE_FILE, UNREADABLE_IMAGE, Format
from pan.data.opening import image_size
from pan.data.visual_genome.find import seen_from
from pan.system.errors import InputError
from pan.system.names import is_file


class ImageFinder:
    """Looks for each image once.

    Args:
        annotations: Says where an image may lie.
        folders: Where to look.
        out: The set's folder, from which files are named.

    Attributes:
        missing: The images without a file that can be read, as the format names them.
        sizes: Width and height of each file found, by its name from the set's folder.
        format_names: What the format calls each file found.
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
        """The file's name from the set's folder, and why there is none if it is empty."""
        if image not in self._found:
            self._found[image] = self._look(image)
            if not self._found[image][0]:
                self.missing.append(image)
        return self._found[image]

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
