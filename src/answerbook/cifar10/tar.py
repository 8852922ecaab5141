"""The members of a tar that nobody vouches for, read one by one in little memory."""

import gzip
import reprlib
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO

from answerbook.cifar10.checksums import BadArchive

MOST_MEMBERS = 64  # the official archives have fewer than ten
SLACK = 2**20  # bytes for each side file: the official ones have hundreds
HEADERS = 2**14 + tarfile.RECORDSIZE  # bytes before a member, and what is read ahead after it

_shortened = reprlib.Repr()  # a name can be as long as a header
_shortened.maxstring = 100
_quoted = _shortened.repr


def read_members(file: BinaryIO, largest: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member wanted, in the order of the gzipped tar in `file`.

    `largest`: the names of the members wanted, without folders, and the bytes each may have.
    Nothing is written. Links, devices, paths that lead elsewhere, and members too many, too large
    or there twice are refused, before their content is read. Raises `BadArchive`.
    """
    metered = _Metered(gzip.GzipFile(fileobj=file))
    seen: set[str] = set()
    with (
        _told_when_damaged(),
        tarfile.open(fileobj=metered, mode="r|", tarinfo=_Header) as tar,
    ):
        while (member := tar.next()) is not None:
            name = PurePosixPath(member.name).name
            _check_member(member, largest.get(name, SLACK))
            _check_new(name if name in largest else member.name, seen)
            metered.allowance = member.size + HEADERS
            if name in largest and member.isreg():
                yield name, tar.extractfile(member).read()


@contextmanager
def _told_when_damaged() -> Iterator[None]:
    """Reading the file itself may fail; all else that `tarfile` raises is about its contents.

    That is more than `tarfile.TarError`: headers made to do harm end in a `ValueError` and others.
    """
    try:
        yield
    except BadArchive:
        raise
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
            raise
        said = str(error)[:200] or type(error).__name__
        raise BadArchive(f"it is damaged or cut short: {said}") from error


def _check_new(name: str, seen: set[str]) -> None:
    if name in seen:
        raise BadArchive(f"the member {_quoted(name)} is in it twice")
    seen.add(name)
    if len(seen) > MOST_MEMBERS:
        raise BadArchive(f"at most {MOST_MEMBERS} members were expected, it has more")


def _check_member(member: tarfile.TarInfo, largest: int) -> None:
    path, name = PurePosixPath(member.name), _quoted(member.name)
    if path.is_absolute() or ".." in path.parts:
        raise BadArchive(f"the member {name} leads out of the archive's folder")
    if not (member.isdir() or member.isreg()) or member.issparse():
        raise BadArchive(f"plain files were expected, {name} is something else")
    if not 0 <= member.size <= largest:
        raise BadArchive(
            f"at most {largest} bytes were expected, the member {name} has {member.size}"
        )


class _Header(tarfile.TarInfo):
    """A header that ends the reading with an error where it is none.

    `tarfile` alone takes anything that is no header for the end of the archive.
    """

    @classmethod
    def frombuf(cls, buf: bytes, encoding: str, errors: str) -> tarfile.TarInfo:
        """See `tarfile.TarInfo.frombuf`; raises `BadArchive` instead of most of its errors."""
        try:
            return super().frombuf(buf, encoding, errors)
        except (tarfile.EmptyHeaderError, tarfile.EOFHeaderError):
            raise  # the end
        except tarfile.HeaderError as error:
            raise BadArchive(
                f"it is damaged or cut short: a member was expected to begin, {error} was found"
            ) from error


class _Metered:
    """A stream that ends with an error when more than its allowance is read.

    `tarfile` reads a header of any size into memory; this bounds it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.allowance = HEADERS

    def read(self, size: int) -> bytes:
        content = self.stream.read(size)
        self.allowance -= len(content)
        if self.allowance < 0:
            raise BadArchive("its headers are far larger than a data set's")
        return content
