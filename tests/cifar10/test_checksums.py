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


def test_a_changed_array_is_named(release, dataset):
    release.check_arrays(dataset)
    for name, array in dataset.arrays().items():
        changed = array.copy()
        changed[-1] ^= 1
        with pytest.raises(
            ArchiveError, match=f"array {name} differs .*SHA256 {release.arrays[name]}"
        ):
            release.check_arrays(dataclasses.replace(dataset, **{name: changed}))
