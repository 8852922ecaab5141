"""Archives with changed headers are refused, or the changes do no harm."""

import gzip
import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cifar10.tar_headers import BLOCK, with_checksum

from answerbook.cifar10.archive import read_archive
from answerbook.cifar10.checksums import ArchiveError


@pytest.fixture(scope="module")
def plain_tar(binary_files):
    """An archive with every kind of header that is allowed, not compressed."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(tarfile.TarInfo("é" * 120))
        for name, content in binary_files.items():
            info = tarfile.TarInfo(f"folder/{name}")
            info.size, info.mtime = len(content), 1.5
            tar.addfile(info, io.BytesIO(content))
    return target.getvalue()


mutations = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, BLOCK - 1), st.binary(min_size=1, max_size=12)),
    min_size=1,
    max_size=4,
)


def is_refused_or_right(tmp_path, plain_tar, release, changes):
    """Change headers, and their checksums with them, so that they are read and not just noticed."""
    content = bytearray(plain_tar)
    headers = [
        place
        for place in range(0, len(content), BLOCK)
        if content[place + 257 : place + 262] == b"ustar"
    ]
    for header, place, change in changes:
        start = headers[header % len(headers)]
        block = bytearray(content[start : start + BLOCK])
        block[place : place + len(change)] = change
        content[start : start + BLOCK] = with_checksum(block[:BLOCK])
    path = tmp_path / "archive.tar.gz"
    path.write_bytes(gzip.compress(content, 0))
    try:
        release.check_arrays(read_archive(path, release)[0])
    except ArchiveError:
        return "refused"
    return "right"


@pytest.fixture(scope="module")
def changed_tar(tmp_path_factory, plain_tar, release):
    folder = tmp_path_factory.mktemp("changed")
    return lambda changes: is_refused_or_right(folder, plain_tar, release, changes)


def test_an_archive_without_changes_is_right(changed_tar):
    assert changed_tar([]) == "right"


@settings(max_examples=100, deadline=2000)
@given(mutations)
def test_changed_headers_are_refused_or_harmless(changed_tar, changes):
    changed_tar(changes)


@pytest.mark.slow
@settings(max_examples=5000, deadline=5000)
@given(mutations)
def test_many_changed_headers_are_refused_or_harmless(changed_tar, changes):
    changed_tar(changes)
