"""CIFAR-10 unpacked, or packed as tar or zip: read by name, known by its published checksums.

Nothing is unpacked to disk, and nothing is decoded before its checksum was found right.
"""

import gzip
import hashlib
import io
import pickle
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED

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

LARGEST = 2**25  # bytes of one of these files: the official ones have 31 million
MOST = 7 * LARGEST  # bytes of an archive that is not even compressed
SIDE = 2**20  # bytes of any other file in a tar: the official ones have hundreds
HEADERS = 2**17  # bytes of headers before a file, and what is read ahead after it
MOST_MEMBERS = 64  # in a tar: the official ones have fewer than ten


class ArchiveError(AnswerbookError):
    """What is there is not the data set: what was expected, and what was found instead."""


def read(path: Path) -> tuple[Splits, str]:
    """Return the data set in an archive or a folder of either form, and the form's usual name.

    Memory: twice the data set. Raises `ArchiveError`, or `OSError` where it cannot be read.
    """
    parts = {}
    for name, content in _members(path):
        algorithm, expected = CHECKSUMS[name].split(":")
        if hashlib.new(algorithm, content, usedforsecurity=False).hexdigest() != expected:
            published = f"{algorithm.upper()} {expected}"
            raise ArchiveError(f"{name} differs from the published one ({published})")
        parts[name] = decode(name, content)
    for form, names in FORMS.items():
        if parts.keys() >= set(names):
            images, labels = zip(*(parts[name] for name in names), strict=True)
            train = np.concatenate(images[:-1]), np.concatenate(labels[:-1])
            return Splits(*train, images[-1], labels[-1]), form
    expected = " or ".join(f"{names[0]} … {names[-1]}" for names in FORMS.values())
    raise ArchiveError(f"{expected} were expected, {', '.join(sorted(parts)) or 'none'} found")


def decode(name: str, content: bytes) -> tuple[np.ndarray, np.ndarray]:
    """Return images (n, 3, 32, 32) and labels (n,), uint8, of a `.bin` file or one of Python 2."""
    if name.endswith(".bin"):  # a row an image: its label, then its pixels
        rows = np.frombuffer(content, np.uint8).reshape(-1, 1 + CHANNELS * SIZE * SIZE)
        labels, pixels = rows[:, 0], rows[:, 1:]
    else:
        part = _Unpickler(io.BytesIO(content), encoding="bytes").load()
        labels = np.array(part[b"labels"], np.uint8)
        pixels = np.frombuffer(part[b"data"].state[-1], np.uint8)
    return pixels.reshape(-1, *IMAGE_SHAPE), labels


class _Inert:
    """Stands for whatever a pickle would call: it keeps an array's state, and does nothing."""

    def __init__(self, *_: object) -> None:
        self.state = ()

    def __setstate__(self, state: tuple) -> None:
        self.state = state


class _Unpickler(pickle.Unpickler):
    def find_class(self, *_: str) -> type:
        return _Inert


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files wanted in a folder or an archive."""
    if path.is_dir():
        for file in filter(Path.is_file, map(path.joinpath, NAMES)):
            _check_size(file.name, file.stat().st_size, LARGEST)
            yield file.name, file.read_bytes()
        return
    with open(path, "rb") as file:
        _check_size("the file", path.stat().st_size, MOST)
        head = file.peek(20)[:20]
        zipped, packed = head.startswith(b"PK"), head.startswith(b"\x1f\x8b")
        unpacked = _Metered(gzip.GzipFile(fileobj=file) if packed else file)
        members = _zip_members(unpacked) if zipped else _tar_members(unpacked)
        try:
            yield from members
        except ArchiveError:
            raise
        except Exception as error:  # headers made to do harm end in errors of any kind
            raise ArchiveError(
                f"no whole archive: it starts with {head!r} ({str(error)!r:.200})"
            ) from error


def _tar_members(file: "_Metered") -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=file, mode="r|") as tar:  # as a stream: nothing leads backwards
        for number, member in enumerate(tar):
            name = member.name.rpartition("/")[2]
            _check_size(name, member.size, LARGEST if name in NAMES else SIDE)
            if number == MOST_MEMBERS:
                raise ArchiveError(f"at most {number} members were expected, it has more")
            file.allowance = member.size + HEADERS
            if name in NAMES and member.isreg() and (content := tar.extractfile(member)):
                yield name, content.read(LARGEST)


def _zip_members(file: "_Metered") -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            name = member.filename.rpartition("/")[2]
            # Of bzip2 and LZMA, `zipfile` unpacks whatever there is at once.
            if name in NAMES and member.compress_type in (ZIP_STORED, ZIP_DEFLATED):
                _check_size(name, member.file_size, LARGEST)
                file.allowance = LARGEST + HEADERS
                with archive.open(member) as content:  # `read` unpacks more than the size said
                    yield name, content.read(member.file_size)


def _check_size(what: str, size: int, most: int) -> None:
    if not 0 <= size <= most:
        raise ArchiveError(f"{what[:100]!r} has {size} bytes, at most {most} were expected")


class _Metered(io.BufferedReader):
    """A file that ends with an error when more than its allowance is read.

    `tarfile` and `zipfile` read headers of any size into memory; this bounds it.
    """

    allowance = HEADERS

    def read(self, size: int | None = -1, /) -> bytes:
        most = self.allowance + 1
        content = super().read(most if size is None or size < 0 else min(size, most))
        self.allowance -= len(content)
        if self.allowance < 0:
            raise ArchiveError("its headers are far larger than those of CIFAR-10")
        return content
