"""The archives in which CIFAR-10 is published, read without unpacking them to disk."""

import os
import pickle
from pathlib import Path

import numpy as np

from answerbook.cifar10.arrays import IMAGE_SHAPE, Splits
from answerbook.cifar10.checksums import ArchiveError, Release
from answerbook.cifar10.tar import SLACK, read_members

RECORD = 1 + 3 * 32 * 32  # bytes of an image in a `.bin` file: its label, then its pixels
PARTS = (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch")
# The two forms: the archive's usual name, and the names of its files, the one for testing last.
ARCHIVES = {
    "cifar-10-binary.tar.gz": tuple(f"{part}.bin" for part in PARTS),
    "cifar-10-python.tar.gz": PARTS,
}


def read_archive(path: str | Path, release: Release) -> tuple[Splits, str]:
    """Return the data set in an archive of either form, official or repacked, and its usual name.

    Nothing is written. The files are found by name, whatever folder they are in, and must have
    the release's checksums before they are decoded. Memory: a few files and, filled by and by,
    the data set. Raises `ArchiveError`.
    """
    images = np.empty((len(PARTS), release.records, *IMAGE_SHAPE), np.uint8)
    labels = np.empty((len(PARTS), release.records), np.uint8)
    # Of a pickled file the names of the images are the lesser part.
    largest = dict.fromkeys(release.members, 2 * RECORD * release.records + SLACK)
    found = set()
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > most_bytes(release):
            raise ArchiveError(f"at most {most_bytes(release)} bytes were expected, it has {size}")
        check_head(file.read(512))
        file.seek(0)
        for name, content in read_members(file, largest):
            release.check_member(name, content)
            part = PARTS.index(name.removesuffix(".bin"))
            images[part], labels[part] = decode(name, content)
            found.add(name)
    for archive, names in ARCHIVES.items():
        if found.issuperset(names):
            train_images, train_labels = images[:-1].reshape(-1, *IMAGE_SHAPE), labels[:-1].ravel()
            dataset = Splits(train_images, train_labels, images[-1], labels[-1])
            release.check_arrays(dataset)
            return dataset, archive
    expected = " or ".join(", ".join(names) for names in ARCHIVES.values())
    there = ", ".join(sorted(found)) or "none"
    raise ArchiveError(f"the files {expected} were expected, {there} of them found")


def decode(name: str, content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return images (n, 3, 32, 32) and labels (n,), uint8, of a `.bin` file or one of Python 2.

    Nothing is checked here: a file is decoded only once its checksum was found right.
    """
    if name.endswith(".bin"):
        table = np.frombuffer(content, np.uint8).reshape(-1, RECORD)
        return table[:, 1:].reshape(-1, *IMAGE_SHAPE), table[:, 0]
    part = pickle.loads(content, encoding="bytes")
    return part[b"data"].reshape(-1, *IMAGE_SHAPE), np.array(part[b"labels"], np.uint8)


def most_bytes(release: Release) -> int:
    """Return more bytes than an archive of either form has, even one that is not compressed."""
    return (len(PARTS) + 1) * RECORD * release.records + SLACK


def check_head(head: bytes) -> None:
    """Raise `ArchiveError` unless the first bytes are those of a gzip file; tell a web page."""
    if not head.startswith(b"\x1f\x8b"):
        page = b"<html" in head.lower() or head.lstrip().lower().startswith(b"<!doctype")
        found = "is a web page" if page else f"starts with {head[:8]!r}"
        raise ArchiveError(f"a gzip archive was expected, it {found}")
