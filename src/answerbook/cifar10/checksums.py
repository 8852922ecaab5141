"""What a true copy of CIFAR-10 holds, and the checks against it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from answerbook.cifar10.arrays import Splits, digests
from answerbook.errors import AnswerbookError


class ArchiveError(AnswerbookError):
    """An archive does not hold the data set: what was expected, and what was found instead."""


@dataclass(frozen=True)
class Release:
    """Sizes and checksums of a data set published in six files, the last one for testing.

    `records`: images in each file. `members`: for each file in an archive, its checksum as
    `algorithm:hexadecimal`. `arrays`: SHA-256 of each array, see `cifar10.digests`.
    """

    records: int
    members: Mapping[str, str]
    arrays: Mapping[str, str]

    def check_member(self, name: str, content: bytes) -> None:
        """Raise `ArchiveError` unless the file `name` has the published checksum."""
        algorithm, expected = self.members[name].split(":")
        found = hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()
        _check(name, algorithm, expected, found)

    def check_arrays(self, dataset: Splits) -> None:
        """Raise `ArchiveError` unless every array has the published checksum."""
        for name, found in digests(dataset).items():
            _check(f"the array {name}", "sha256", self.arrays[name], found)


def _check(what: str, algorithm: str, expected: str, found: str) -> None:
    if found != expected:
        raise ArchiveError(
            f"{what} differs from the published one: "
            f"{algorithm.upper()} {expected} was expected, {found} was found"
        )


CIFAR10 = Release(
    records=10_000,
    members={
        # As published by Apache MXNet.
        "data_batch_1.bin": "sha1:aadd24acce27caa71bf4b10992e9e7b2d74c2540",
        "data_batch_2.bin": "sha1:c0ba65cce70568cd57b4e03e9ac8d2a5367c1795",
        "data_batch_3.bin": "sha1:1dd00a74ab1d17a6e7d73e185b69dbf31242f295",
        "data_batch_4.bin": "sha1:aab85764eb3584312d3c7f65fd2fd016e36a258e",
        "data_batch_5.bin": "sha1:26e2849e66a845b7f1e4614ae70f4889ae604628",
        "test_batch.bin": "sha1:67eb016db431130d61cd03c7ad570b013799c88c",
        # As published by torchvision.
        "data_batch_1": "md5:c99cafc152244af753f735de768cd75f",
        "data_batch_2": "md5:d4bba439e000b95fd0a9bffe97cbabec",
        "data_batch_3": "md5:54ebc095f3ab1f0389bbae665268c751",
        "data_batch_4": "md5:634d18415352ddfa80567beed471001a",
        "data_batch_5": "md5:482c414d41f54cd18b22e5b47cb7c3cb",
        "test_batch": "md5:40351d587109b95175f43aff81a1287e",
    },
    arrays={
        "train_images": "47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a",
        "train_labels": "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
        "test_images": "f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04",
        "test_labels": "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
    },
)
