"""The archives in which CIFAR-10 is published, read without unpacking them to disk."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answerbook.cifar10.arrays import IMAGE_SHAPE, Splits
from answerbook.cifar10.checksums import BadArchive, Release
from answerbook.cifar10.decoding import RECORD, decode_binary, decode_pickled
from answerbook.cifar10.tar import SLACK, read_members


@dataclass(frozen=True)
class Layout:
    """One of the two forms: the archive's usual name, its batches in order, their decoder."""

    archive: str
    members: tuple[str, ...]
    decode: Callable[[bytes, int], tuple[np.ndarray, np.ndarray]]


BATCHES = (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch")
LAYOUTS = (
    Layout("cifar-10-binary.tar.gz", tuple(f"{batch}.bin" for batch in BATCHES), decode_binary),
    Layout("cifar-10-python.tar.gz", BATCHES, decode_pickled),
)
ARCHIVES = tuple(layout.archive for layout in LAYOUTS)


def read_archive(path: str | Path, release: Release) -> tuple[Splits, Layout]:
    """Return the data set in an archive of either layout, official or repacked.

    Nothing is written. The batches are found by name, whatever folder they are in, and must have
    the release's checksums before they are decoded. Memory: a few batches and, filled by and by,
    the data set. Raises `BadArchive`.
    """
    with open(path, "rb") as file:
        _check_size(os.fstat(file.fileno()).st_size, release)
        check_head(file.read(512))
        file.seek(0)
        dataset, layout = _assemble(read_members(file, _largest(release)), release)
    release.check_arrays(dataset)
    return dataset, layout


def most_bytes(release: Release) -> int:
    """Return more bytes than an archive of either layout has, even one that is not compressed."""
    return (len(BATCHES) + 1) * RECORD * release.records + SLACK


def _largest(release: Release) -> dict[str, int]:
    """Return the bytes that each batch may have: of a pickled one the names are the lesser part."""
    return {
        name: 2 * RECORD * release.records + SLACK for layout in LAYOUTS for name in layout.members
    }


def _check_size(size: int, release: Release) -> None:
    if size > most_bytes(release):
        raise BadArchive(f"at most {most_bytes(release)} bytes were expected, it has {size}")


def check_head(head: bytes) -> None:
    """Raise `BadArchive` unless the first bytes are those of a gzip file; tell a web page."""
    if head.startswith(b"\x1f\x8b"):
        return
    if b"<html" in head.lower() or head.lstrip().lower().startswith(b"<!doctype"):
        raise BadArchive("a gzip archive was expected, it is a web page")
    raise BadArchive(f"a gzip archive was expected, it starts with {head[:8]!r}")


def _assemble(members: Iterator[tuple[str, bytes]], release: Release) -> tuple[Splits, Layout]:
    """Decode each batch into its place."""
    images = np.empty((len(BATCHES), release.records, *IMAGE_SHAPE), np.uint8)
    labels = np.empty((len(BATCHES), release.records), np.uint8)
    found = set()
    for name, content in members:
        release.check_member(name, content)
        layout = next(layout for layout in LAYOUTS if name in layout.members)
        place = layout.members.index(name)
        try:
            images[place], labels[place] = layout.decode(content, release.records)
        except BadArchive as error:
            raise BadArchive(f"{name}: {error}") from error
        found.add(name)
    dataset = Splits(
        train_images=images[:-1].reshape(-1, *IMAGE_SHAPE),
        train_labels=labels[:-1].reshape(-1),
        test_images=images[-1],
        test_labels=labels[-1],
    )
    return dataset, _complete_layout(found)


def _complete_layout(found: set[str]) -> Layout:
    for layout in LAYOUTS:
        if found.issuperset(layout.members):
            return layout
    expected = " or ".join(f"{', '.join(layout.members)}" for layout in LAYOUTS)
    raise BadArchive(
        f"the files {expected} were expected, {', '.join(sorted(found)) or 'none'} of them found"
    )
