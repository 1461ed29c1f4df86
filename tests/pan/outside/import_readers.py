"""Annotations of other programs, each made into a set."""

from __future__ import annotations

from pathlib import Path

from pan.data.check import check_set
from pan.data.formats import build_set, open_format
from pan.system.errors import InputError
from tests.pan.conftest import drained
from tests.pan.data.formats import samples
from tests.pan.outside.fuzzing import Reader


def _import(kind: str, folder: Path, *files: str) -> None:
    """The set holds what the account tells, or there is none."""
    given = [path for name in files for path in sorted(folder.glob(name))]
    folders = (folder / "images", folder / "drawn")
    try:
        account = drained(build_set(open_format(kind, given or [folder / files[0]], folders), folders, folder / "set"))
    except InputError:
        assert not (folder / "set" / "index.csv").exists()
        raise
    assert account.kept + sum(account.dropped.values()) == account.objects
    assert drained(check_set(folder / "set")).questions == account.rows


IMPORTS = (
    Reader("COCO", lambda folder: samples.coco(folder, 3), ("annotations/*", "images/*"),
           lambda folder: _import("coco", folder, "annotations/*")),
    Reader("CLEVR", lambda folder: samples.clevr(folder, 3), ("scenes/*", "scenes/*", "images/*"),
           lambda folder: _import("clevr", folder, "scenes/*")),
    Reader("VAW", lambda folder: samples.vaw(folder, 6), ("data/*", "images/VG_100K/*"),
           lambda folder: _import("vaw", folder, "data/*")),
    Reader("labelme", lambda folder: samples.labelme(folder, 3), ("drawn/*",),
           lambda folder: _import("labelme", folder, "drawn")),
)  # fmt: skip
