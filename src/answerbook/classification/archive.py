"""The archives in which CIFAR-10 is published, read without unpacking them to disk."""

import gzip
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import numpy as np

from answerbook.classification.batches import RECORD, decode_binary, decode_pickled
from answerbook.classification.cifar10 import IMAGE_SHAPE, Splits
from answerbook.classification.release import BadArchive, Release

MOST_MEMBERS = 64  # the official archives have fewer than ten
SLACK = 2**20  # bytes for headers, and for each side file: the official ones have hundreds


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
    the release's checksums. Links, devices, paths that lead elsewhere, and members too many, too
    large or there twice are refused. Memory: the data set and a few batches. Raises `BadArchive`.
    """
    with open(path, "rb") as file:
        _check_gzip(file.read(512))
        file.seek(0)
        try:
            dataset, layout = _assemble(_members(gzip.GzipFile(fileobj=file), release), release)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadArchive(f"it is damaged or cut short: {error}") from error
    release.check_arrays(dataset)
    return dataset, layout


def _check_gzip(head: bytes) -> None:
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


def _members(stream: BinaryIO, release: Release) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each batch, in the archive's order; refuse hostile members."""
    metered = _Metered(stream)
    seen: set[str] = set()
    with tarfile.open(fileobj=metered, mode="r|") as tar:
        while (member := tar.next()) is not None:
            name = PurePosixPath(member.name).name
            is_batch = any(name in layout.members for layout in LAYOUTS)
            _check_member(member, SLACK + (2 * RECORD * release.records if is_batch else 0))
            _check_new(name if is_batch else member.name, seen)
            metered.allowance = member.size + 2 * SLACK
            if is_batch and member.isreg():
                yield name, tar.extractfile(member).read()


def _check_new(name: str, seen: set[str]) -> None:
    if name in seen:
        raise BadArchive(f"the member {name!r} is in it twice")
    seen.add(name)
    if len(seen) > MOST_MEMBERS:
        raise BadArchive(f"at most {MOST_MEMBERS} members were expected, it has more")


def _check_member(member: tarfile.TarInfo, largest: int) -> None:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts:
        raise BadArchive(f"the member {member.name!r} leads out of the archive's folder")
    if not (member.isdir() or member.isreg()) or member.issparse():
        raise BadArchive(f"plain files were expected, {member.name!r} is something else")
    if member.size > largest:
        raise BadArchive(
            f"at most {largest} bytes were expected, the member {member.name!r} has {member.size}"
        )


class _Metered:
    """A stream that ends with an error when more than its allowance is read.

    `tarfile` reads a header of any size into memory; this bounds it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.allowance = 2 * SLACK

    def read(self, size: int) -> bytes:
        content = self.stream.read(size)
        self.allowance -= len(content)
        if self.allowance < 0:
            raise BadArchive("its headers are far larger than a data set's")
        return content
