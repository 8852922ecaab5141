"""The members of a tar that nobody vouches for, read one by one in little memory."""

import gzip
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from answerbook.cifar10.checksums import ArchiveError

MOST_MEMBERS = 64  # the official archives have fewer than ten
SLACK = 2**20  # bytes for each side file: the official ones have hundreds
HEADERS = 2**14 + tarfile.RECORDSIZE  # bytes before a member, and what is read ahead after it


def read_members(file: BinaryIO, largest: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member wanted, in the order of the gzipped tar in `file`.

    `largest`: the names of the members wanted, without folders, and the bytes each may have.
    Nothing is written. Links, devices, paths that lead elsewhere, and members too many, too large
    or there twice are refused, before their content is read. Raises `ArchiveError`.
    """
    metered = _Metered(fileobj=file)
    seen: set[str] = set()
    try:
        with tarfile.open(fileobj=metered, mode="r|") as tar:
            while (member := tar.next()) is not None:
                name = PurePosixPath(member.name).name
                _check(member, largest.get(name, SLACK))
                if (known := name if name in largest else member.name) in seen:
                    raise ArchiveError(f"the member {known[:100]!r} is in it twice")
                seen.add(known)
                if len(seen) > MOST_MEMBERS:
                    raise ArchiveError(f"at most {MOST_MEMBERS} members were expected, it has more")
                metered.allowance = member.size + HEADERS
                if name in largest and (content := tar.extractfile(member)):
                    yield name, content.read()
    except ArchiveError:
        raise
    except Exception as error:  # more than `TarError`: headers made to do harm end in others too
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
            raise  # the file itself cannot be read
        said = str(error)[:200] or type(error).__name__
        raise ArchiveError(f"it is damaged or cut short: {said}") from error


def _check(member: tarfile.TarInfo, largest: int) -> None:
    """Raise `ArchiveError` for a member that no data set has."""
    path, shown = PurePosixPath(member.name), repr(member.name[:100])
    if path.is_absolute() or ".." in path.parts:
        raise ArchiveError(f"the member {shown} leads out of the archive's folder")
    if not (member.isdir() or member.isreg()) or member.issparse():
        raise ArchiveError(f"plain files were expected, {shown} is something else")
    if not 0 <= member.size <= largest:
        found = f"the member {shown} has {member.size}"
        raise ArchiveError(f"at most {largest} bytes were expected, {found}")


class _Metered(gzip.GzipFile):
    """A stream that ends with an error when more than its allowance is read.

    `tarfile` reads a header of any size into memory; this bounds it.
    """

    allowance = HEADERS

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(size)
        self.allowance -= len(content)
        if self.allowance < 0:
            raise ArchiveError("its headers are far larger than a data set's")
        return content
