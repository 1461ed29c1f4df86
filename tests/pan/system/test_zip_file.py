"""Zip files from anywhere: unpacked where they belong, or refused in one sentence with nothing written."""

from __future__ import annotations

import io
import random
import stat
import zipfile

import pytest

from pan.system import zip_file
from pan.system.errors import LONGEST_SENTENCE, InputError
from pan.system.zip_file import fingerprint, is_plain, unpack_zip, write_zip
from tests.pan.outside.damage import damaged


@pytest.fixture
def zipped(tmp_path):
    """Writes a zip file of any members, as anybody's program would."""

    def write(*members, packing=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(tmp_path / "some.zip", "w", packing) as archive:
            for name, data in members:
                archive.writestr(name, data)
        return tmp_path / "some.zip"
    return write


def test_what_is_written_comes_back(tmp_path):
    (tmp_path / "photo.bin").write_bytes(bytes(range(256)) * 40)
    write_zip(tmp_path / "a.zip", {"set/photo.bin": tmp_path / "photo.bin", "index.csv": "größe\n".encode()})
    unpack_zip(tmp_path / "a.zip", tmp_path / "new" / "folder")
    assert (tmp_path / "new/folder/set/photo.bin").read_bytes() == bytes(range(256)) * 40
    assert (tmp_path / "new/folder/index.csv").read_text(encoding="utf-8") == "größe\n"
    assert fingerprint(tmp_path / "a.zip") == fingerprint(tmp_path / "a.zip")
    write_zip(tmp_path / "b.zip", {"set/photo.bin": b"other"})
    assert fingerprint(tmp_path / "b.zip") != fingerprint(tmp_path / "a.zip")


OUTSIDE = ("../a", "/etc/passwd", "a/../../b", "C:/a", "C:\\a", "..\\a", "a//b", "./a", "a/.", "nul.txt", "a/COM1",
           "a ", "a.", "tab\tb", "x" * 300)  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_outside_or_is_none_everywhere_is_refused_whole(name, zipped, tmp_path):
    assert not is_plain(name)
    with pytest.raises(InputError, match="nothing was unpacked"):
        unpack_zip(zipped(("fine", b""), (name, b"x")), tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("names", [("a", "A"), ("a", "a/b")])
def test_two_files_of_one_name_are_refused(names, zipped, tmp_path):
    with pytest.raises(InputError, match="two files of the same name"):
        unpack_zip(zipped(*((name, b"") for name in names)), tmp_path / "new")


def test_a_link_is_refused(zipped, tmp_path):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(InputError, match="leads out of the folder"):
        unpack_zip(zipped((link, "/etc/passwd")), tmp_path / "new")


def test_what_would_unpack_to_too_much_is_refused_before_a_byte_is_written(zipped, tmp_path, monkeypatch):
    path = zipped(("zeros", bytes(1_000_000)))
    assert path.stat().st_size < 2_000
    monkeypatch.setattr(zip_file, "MOST_BYTES", 999_999)
    with pytest.raises(InputError, match=r"would unpack to 0\.0 GB in 1 files"):
        unpack_zip(path, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    monkeypatch.setattr(zip_file, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(zip_file, "MOST_MEMBERS", 0)
    with pytest.raises(InputError, match="the most"):
        unpack_zip(path, tmp_path / "new")


def test_no_more_is_unpacked_than_a_member_says_it_has(zipped, tmp_path):
    path = zipped(("zeros", bytes(1_000_000)))
    said, lied = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(said, lied))
    with pytest.raises(InputError, match="is damaged"):
        unpack_zip(path, tmp_path / "new")
    assert (tmp_path / "new" / "zeros").stat().st_size <= 10


def test_other_packings_are_refused(zipped, tmp_path):
    with pytest.raises(InputError, match="an unusual compression"):
        unpack_zip(zipped(("a", b"b"), packing=zipfile.ZIP_LZMA), tmp_path / "new")


def test_what_is_too_large_to_be_handed_on_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(zip_file, "MOST_BYTES", 3)
    with pytest.raises(InputError, match="take a smaller set"):
        write_zip(tmp_path / "a.zip", {"a": b"1234"})
    assert not (tmp_path / "a.zip").exists()


def test_a_file_that_is_gone_is_named_and_what_was_there_stays(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"as it was")
    with pytest.raises(InputError, match=r"gone\.png cannot be read"):
        write_zip(tmp_path / "a.zip", {"a": tmp_path / "gone.png"})
    assert (tmp_path / "a.zip").read_bytes() == b"as it was"


@pytest.mark.parametrize("inputs", [100, pytest.param(1_700, marks=pytest.mark.slow)])
def test_any_zip_file_is_unpacked_or_refused_in_a_sentence(inputs, tmp_path):
    whole = io.BytesIO()  # of 1,700 one had a member without a name
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("session.panx", b'{"format": "pan-session-1"}' * 20)
        archive.writestr("set/index.csv", b"image,query,answer\n" * 20)
    for number in range(inputs):
        path, folder = tmp_path / "some.zip", tmp_path / f"new-{number}"
        path.write_bytes(damaged(whole.getvalue(), random.Random(f"zip {number}")))
        sentence = said(path, folder)
        assert sentence.isprintable(), number
        assert len(sentence) <= LONGEST_SENTENCE, number


def said(path, folder):
    """Why a file is refused, empty if it is unpacked."""
    try:
        unpack_zip(path, folder)
    except InputError as error:
        return str(error)
    return ""
