"""CIFAR-10 unpacked, or packed as tar or zip: read by name, known by its published checksums.

Nothing is unpacked to disk, and nothing is decoded before its checksum was found right.
"""

import hashlib
import pickle
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from answerbook.cifar10 import CHANNELS, SIZE
from answerbook.cifar10.arrays import IMAGE_SHAPE, Splits
from answerbook.errors import AnswerbookError

CHECKSUMS = {
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
}
NAMES = tuple(CHECKSUMS)
# The two forms: the archive's usual name, and the names of its files, the one for testing last.
FORMS = {"cifar-10-binary.tar.gz": NAMES[:6], "cifar-10-python.tar.gz": NAMES[6:]}

LARGEST = 2**25  # bytes that are read of one of these files: the official ones have 31 million
MOST = 7 * LARGEST  # bytes of an archive that is not even compressed


class ArchiveError(AnswerbookError):
    """What is there is not the data set: what was expected, and what was found instead."""


def read(path: Path) -> tuple[Splits, str]:
    """Return the data set in an archive or a folder of either form, and the form's usual name.

    Memory: three times the data set. Raises `ArchiveError`, or `OSError` where it cannot be read.
    """
    try:
        contents = {name: file.read(LARGEST) for name, file in _files(path)}
    except OSError:
        raise
    except Exception as error:  # damaged archives end in errors of any kind
        with path.open("rb") as file:
            head = file.read(20)
        raise ArchiveError(f"no whole tar or zip archive: it starts with {head!r}") from error
    for name, content in contents.items():
        algorithm, expected = CHECKSUMS[name].split(":")
        if hashlib.new(algorithm, content, usedforsecurity=False).hexdigest() != expected:
            published = f"{algorithm.upper()} {expected}"
            raise ArchiveError(f"{name} differs from the published one ({published})")
    for form, names in FORMS.items():
        if contents.keys() >= set(names):
            parts = [decode(name, contents[name]) for name in names]
            images, labels = zip(*parts, strict=True)
            train = np.concatenate(images[:-1]), np.concatenate(labels[:-1])
            return Splits(*train, images[-1], labels[-1]), form
    expected = " or ".join(f"{names[0]} … {names[-1]}" for names in FORMS.values())
    raise ArchiveError(f"{expected} were expected, {', '.join(sorted(contents)) or 'none'} found")


def decode(name: str, content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return images (n, 3, 32, 32) and labels (n,), uint8, of a `.bin` file or a pickle."""
    if name.endswith(".bin"):  # a row an image: its label, then its pixels
        rows = np.frombuffer(content, np.uint8).reshape(-1, 1 + CHANNELS * SIZE * SIZE)
        labels, pixels = rows[:, 0], rows[:, 1:]
    else:  # of Python 2; harmless, as its checksum is the published one
        part = pickle.loads(content, encoding="bytes")
        labels, pixels = np.array(part[b"labels"], np.uint8), part[b"data"]
    return pixels.reshape(-1, *IMAGE_SHAPE), labels


def _files(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and the content of each of the data set's files in a folder or an archive."""
    if path.is_dir():
        for file in filter(Path.is_file, map(path.joinpath, NAMES)):
            with file.open("rb") as content:
                yield file.name, content
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if (name := member.filename.rpartition("/")[2]) in NAMES:
                    with archive.open(member) as content:
                        yield name, content
    else:
        with tarfile.open(path) as tar:
            for member in tar:
                name = member.name.rpartition("/")[2]
                if name in NAMES and (content := tar.extractfile(member)):
                    yield name, content
