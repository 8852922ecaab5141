import dataclasses

import pytest

from answerbook.cifar10.archive import ARCHIVES
from answerbook.cifar10.checksums import CIFAR10, ArchiveError


def test_every_file_and_array_of_cifar10_has_a_checksum():
    assert CIFAR10.members.keys() == {name for names in ARCHIVES.values() for name in names}
    assert CIFAR10.arrays.keys() == {"train_images", "train_labels", "test_images", "test_labels"}
    lengths = {"sha1": 40, "md5": 32}
    for algorithm, digest in (checksum.split(":") for checksum in CIFAR10.members.values()):
        assert len(bytes.fromhex(digest)) * 2 == lengths[algorithm]
    assert {len(bytes.fromhex(digest)) for digest in CIFAR10.arrays.values()} == {32}


def test_a_changed_file_is_named_with_both_checksums(release, binary_files):
    content = binary_files["data_batch_3.bin"]
    release.check_member("data_batch_3.bin", content)
    expected = release.members["data_batch_3.bin"].removeprefix("sha1:")
    with pytest.raises(
        ArchiveError, match=rf"data_batch_3\.bin .*SHA1 {expected} .*, \w{{40}} was"
    ):
        release.check_member("data_batch_3.bin", content[:-1] + b"\0")


@pytest.mark.parametrize("name", ["train_images", "train_labels", "test_images", "test_labels"])
def test_a_changed_array_is_named(release, dataset, name):
    release.check_arrays(dataset)
    changed = dataset.arrays()[name].copy()
    changed[-1] ^= 1
    with pytest.raises(ArchiveError, match=f"array {name} differs"):
        release.check_arrays(dataclasses.replace(dataset, **{name: changed}))
