"""Arrays from outside are looked at before they are unpacked."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from pan.system import arrays_file
from pan.system.arrays_file import Array, read_arrays

WANTED = {"a": Array("f", 1)}


def npy(array):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, allow_pickle=True)
    return file.getvalue()


def archive(path, data, packing=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", packing) as file:
        file.writestr("a.npy", data)
    return path


def test_what_numpy_wrote_is_read(tmp_path):
    np.savez_compressed(tmp_path / "a.npz", a=np.array([1.5, np.nan]), other=np.array(["text"]))
    np.testing.assert_array_equal(read_arrays(tmp_path / "a.npz", WANTED)["a"], [1.5, np.nan])


@pytest.mark.parametrize("array", [np.zeros((2, 2)), np.zeros(2, int), np.array(["a"]), np.array([{}], object)])
def test_another_array_is_refused(array, tmp_path):
    with pytest.raises(ValueError, match="another type is expected"):
        read_arrays(archive(tmp_path / "a.npz", npy(array)), WANTED)


def test_a_shape_larger_than_the_file_is_refused(tmp_path):
    data = npy(np.zeros(5)).replace(b"(5,)", b"(9,)")
    with pytest.raises(ValueError, match="larger size than the file holds"):
        read_arrays(archive(tmp_path / "a.npz", data), WANTED)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_are_refused(packing, tmp_path):
    with pytest.raises(ValueError, match="compressed in a way"):
        read_arrays(archive(tmp_path / "a.npz", npy(np.zeros(5)), packing), WANTED)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(arrays_file, "MOST_BYTES", 2**20)
    with pytest.raises(ValueError, match="unpacks to more"):
        read_arrays(archive(tmp_path / "a.npz", npy(np.zeros(2**18))), WANTED)
