"""Converts annotations of other programs to sets of questions: COCO, CLEVR, VAW and labelme."""

from pan.data.formats.build import Summary, build_set
from pan.data.formats.known import open_format

__all__ = ["Summary", "build_set", "open_format"]
