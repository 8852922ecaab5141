import tarfile
from dataclasses import replace

import numpy as np
import pytest

from answerbook.cifar10.archive import read_archive
from answerbook.cifar10.checksums import ArchiveError


def assert_same(found, expected):
    for name, array in expected.arrays().items():
        np.testing.assert_array_equal(found.arrays()[name], array)


def member(name, kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(name)
    info.type = kind
    return info


def test_both_forms_give_the_data_set(pack, release, dataset, binary_files, python_files):
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


def without(files, name):
    return {key: files[key] for key in files if key != name}


def exchanged(files):
    first, second = files["data_batch_1.bin"], files["data_batch_2.bin"]
    return {**files, "data_batch_1.bin": second, "data_batch_2.bin": first}


REFUSED = {
    "a missing file": (
        lambda binary, python: without(binary, "data_batch_4.bin"),
        "data_batch_3.bin, data_batch_5.bin, test_batch.bin of them found",
    ),
    "another data set": (
        lambda binary, python: {"train.bin": b"", "test.bin": b""},
        r"data_batch_1\.bin, .* were expected, none of them found",
    ),
    "halves of both forms": (
        lambda binary, python: without(binary, "test_batch.bin") | without(python, "data_batch_2"),
        "were expected",
    ),
    "a changed file": (
        lambda binary, python: {**binary, "data_batch_2.bin": bytes(1000)},
        r"data_batch_2\.bin differs .*SHA1 \w{40} was expected, \w{40} was found",
    ),
    "files in each other's place": (
        lambda binary, python: exchanged(binary),
        r"data_batch_1\.bin differs",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_the_data_set_is_refused(name, pack, release, binary_files, python_files):
    make, reason = REFUSED[name]
    with pytest.raises(ArchiveError, match=reason):
        read_archive(pack(make(binary_files, python_files)), release)


def test_arrays_are_checked_even_where_the_files_pass(pack, release, binary_files):
    arrays = {**release.arrays, "test_labels": "0" * 64}
    with pytest.raises(ArchiveError, match="the array test_labels differs"):
        read_archive(pack(binary_files), replace(release, arrays=arrays))
