import tarfile
from dataclasses import replace

import numpy as np
import pytest

from answerbook.cifar10.archive import read_archive
from answerbook.cifar10.checksums import ArchiveError


def assert_same(found, expected):
    for name, array in expected.arrays().items():
        np.testing.assert_array_equal(found.arrays()[name], array)


def member(name, kind=tarfile.REGTYPE, **fields):
    info = tarfile.TarInfo(name)
    info.type = kind
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def test_both_layouts_give_the_data_set(pack, release, dataset, binary_files, python_files):
    for files, usual_name in [
        (binary_files, "cifar-10-binary.tar.gz"),
        (python_files, "cifar-10-python.tar.gz"),
    ]:
        found, name = read_archive(pack(files), release)
        assert_same(found, dataset)
        assert name == usual_name


@pytest.mark.parametrize("folder", ["", "./", "some/where/else/"])
def test_a_repack_is_as_good(pack, release, dataset, binary_files, folder):
    """In any order and any folder, with folders and side files as members."""
    extra = [
        (member("cifar-10-batches-bin", tarfile.DIRTYPE), b""),
        (member("cifar-10-batches-bin/readme.html"), b"<html>"),
        (member("cifar-10-batches-bin/._data_batch_1.bin"), b"left by a Mac"),
    ]
    files = dict(reversed(binary_files.items()))
    found, _ = read_archive(pack(files, folder=folder, extra=extra), release)
    assert_same(found, dataset)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\n<!DOCTYPE html><title>Unavailable</title>", "it is a web page"),
        (b"<HTML><body>503</body></HTML>", "it is a web page"),
        (b"", "it starts with b''"),
        (b"PK\x03\x04 a zip file", "it starts with b'PK"),
    ],
)
def test_what_is_no_archive_is_recognised(tmp_path, release, content, reason):
    path = tmp_path / "cifar-10-binary.tar.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=f"a gzip archive was expected, {reason}"):
        read_archive(path, release)


def test_an_archive_cut_short_is_refused_wherever_it_is_cut(pack, release, binary_files):
    path = pack(binary_files)
    whole = path.read_bytes()
    for length in [10, 200, len(whole) // 3, len(whole) // 2, len(whole) * 9 // 10]:
        path.write_bytes(whole[:length])
        with pytest.raises(ArchiveError, match="damaged or cut short"):
            read_archive(path, release)


def test_an_archive_with_a_flipped_bit_is_refused_or_still_right(
    pack, release, dataset, binary_files
):
    """What matters is that no wrong pixel gets through: a bit of a time stamp may differ."""
    path = pack(binary_files)
    whole = path.read_bytes()
    refused = 0
    for place in np.random.default_rng(0).integers(0, len(whole), 40):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            assert_same(read_archive(path, release)[0], dataset)
        except ArchiveError:
            refused += 1
    assert refused >= 35


def test_a_missing_batch_is_named_by_what_is_there(pack, release, binary_files):
    files = {name: binary_files[name] for name in binary_files if name != "data_batch_4.bin"}
    there = "data_batch_3.bin, data_batch_5.bin, test_batch.bin of them found"
    with pytest.raises(ArchiveError, match=there):
        read_archive(pack(files), release)


def test_another_data_set_is_refused(pack, release):
    with pytest.raises(
        ArchiveError, match=r"data_batch_1\.bin, .* were expected, none of them found"
    ):
        read_archive(pack({"train.bin": b"", "test.bin": b""}, folder="cifar-100/"), release)


def test_two_halves_of_different_layouts_are_no_whole(pack, release, binary_files, python_files):
    names = ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin"]
    files = {name: binary_files[name] for name in names}
    files |= {name: python_files[name] for name in ["data_batch_4", "data_batch_5", "test_batch"]}
    with pytest.raises(ArchiveError, match="were expected"):
        read_archive(pack(files), release)


def test_a_changed_batch_is_named(pack, release, binary_files):
    files = {**binary_files, "data_batch_2.bin": bytes(len(binary_files["data_batch_2.bin"]))}
    with pytest.raises(
        ArchiveError, match=r"data_batch_2\.bin differs .* was expected, .* was found"
    ):
        read_archive(pack(files), release)


def test_batches_in_each_others_place_are_refused(pack, release, binary_files):
    first, second = binary_files["data_batch_1.bin"], binary_files["data_batch_2.bin"]
    files = {**binary_files, "data_batch_1.bin": second, "data_batch_2.bin": first}
    with pytest.raises(ArchiveError, match=r"data_batch_1\.bin differs"):
        read_archive(pack(files), release)


def test_arrays_are_checked_even_where_the_files_pass(pack, release, binary_files):
    arrays = {**release.arrays, "test_labels": "0" * 64}
    with pytest.raises(ArchiveError, match="the array test_labels differs"):
        read_archive(pack(binary_files), replace(release, arrays=arrays))
