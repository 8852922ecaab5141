"""Archives made to do harm are refused with their reason, in little memory, writing nothing."""

import gzip
import io
import resource
import tarfile
import time
import tracemalloc
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerbook.cifar10.archive import most_bytes, read_archive
from answerbook.cifar10.checksums import ArchiveError
from answerbook.cifar10.tar import MOST_MEMBERS, SLACK

FILE = "data_batch_1.bin"
BLOCK = tarfile.BLOCKSIZE


def member(name, kind=tarfile.REGTYPE, content=b"", **fields):
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    padded = content + bytes(-len(content) % BLOCK)
    return info.tobuf(tarfile.PAX_FORMAT if info.pax_headers else tarfile.GNU_FORMAT) + padded


def chained(kind, content, count):
    return member("././@header", kind, content) * count + member(FILE)


def negative_size(kind):
    """A header whose size is −512; `tarfile` would not write it."""
    block = bytearray(member(FILE, kind))
    block[124:136] = b"\xff" * 10 + b"\xfe\x00"
    return with_checksum(block)


def with_checksum(block):
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:BLOCK])
    return bytes(block)


OUTSIDE = "leads out of the archive's folder"
OTHER = "plain files were expected, .* is something else"
TARS = {
    "path that leads out": (member("../../data_batch_9.bin"), OUTSIDE),
    "path that leads out later": (member("a/../../.ssh/config"), OUTSIDE),
    "absolute path": (member("/etc/passwd"), OUTSIDE),
    "symbolic link": (member(FILE, tarfile.SYMTYPE, linkname="/etc/passwd"), OTHER),
    "hard link": (member(FILE, tarfile.LNKTYPE, linkname="readme.html"), OTHER),
    "character device": (member(FILE, tarfile.CHRTYPE), OTHER),
    "block device": (member("x", tarfile.BLKTYPE), OTHER),
    "pipe": (member(FILE, tarfile.FIFOTYPE), OTHER),
    "unknown kind": (member("x", b"Z"), OTHER),
    "sparse file": (member(FILE, tarfile.GNUTYPE_SPARSE), OTHER),
    "sparse file of today": (
        member(FILE, pax_headers={"GNU.sparse.size": "9" * 12, "GNU.sparse.map": "0,1"}),
        OTHER,
    ),
    "file said to be giant": (member(FILE, size=10**12), f"'{FILE}' has 1000000000000"),
    "side file said to be giant": (member("x.html", size=SLACK + 1), f"'x.html' has {SLACK + 1}"),
    "giant by its extended header": (member(FILE, pax_headers={"size": "9" * 15}), "has 999999"),
    "negative size": (negative_size(tarfile.REGTYPE), "has -512"),
    "negative size of a header": (negative_size(tarfile.XHDTYPE), "damaged|expected"),
    "side file twice": (member("x") + member("x"), "'x' is in it twice"),
    "a thousand tiny members": (
        b"".join(member(f"file{number}") for number in range(1000)),
        f"at most {MOST_MEMBERS} members were expected",
    ),
    "larger than it says": (
        member("readme.html", content=b"larger" * 1000, size=100),
        "none of them found",
    ),
    "smaller than it says": (member("readme.html", size=SLACK)[:BLOCK], "unexpected end of data"),
    "giant extended header": (
        member("././@PaxHeader", tarfile.XHDTYPE, bytes(2**26)),
        "headers are far larger",
    ),
    "giant name": (member("././@Long", tarfile.GNUTYPE_LONGNAME, b"x" * 2**24), "far larger"),
    "extended headers without end": (chained(tarfile.XHDTYPE, b"", 10**5), "far larger"),
    "global headers without end": (chained(tarfile.XGLTYPE, b"", 10**5), "far larger"),
    "names without end": (chained(tarfile.GNUTYPE_LONGNAME, b"x", 10**5), "far larger"),
    "extended header that takes hours to parse": (
        member("././@PaxHeader", tarfile.XHDTYPE, b"1" * 2**20),
        "far larger",
    ),
    "number of thousands of digits": (
        member("././@PaxHeader", tarfile.XHDTYPE, b"1" * 9000 + b" a=b\n") + member(FILE),
        "damaged or cut short",
    ),
    "zeros alone": (bytes(2**26), "none of them found"),
    "gzip in gzip": (gzip.compress(bytes(2**20)), "it is damaged or cut short"),
    "noise": (np.random.default_rng(0).bytes(2**16), "it is damaged or cut short"),
}


@pytest.fixture
def refuse(tmp_path, release, monkeypatch):
    """Assert that the file is refused for the reason, in bounds of memory, time and disk."""
    monkeypatch.chdir(tmp_path)

    def refused(path, reason, release=release, most=2**22):
        before = sorted(tmp_path.rglob("*"))
        start = time.monotonic()
        with (
            nothing_written(),
            traced() as peak,
            pytest.raises(ArchiveError, match=reason) as error,
        ):
            read_archive(path, release)
        assert peak() < most
        assert time.monotonic() - start < 5
        assert sorted(tmp_path.rglob("*")) == before
        assert str(error.value).isprintable()
        assert len(str(error.value)) < 400

    return refused


@contextmanager
def nothing_written():
    """Let every write to a file fail."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def traced():
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_writing_is_noticed_by_these_tests(tmp_path):
    with nothing_written(), pytest.raises(OSError, match="too large"):
        (tmp_path / "file").write_bytes(b"a byte")


@pytest.mark.parametrize("name", TARS)
def test_a_hostile_tar_is_refused(name, refuse, gzipped):
    content, reason = TARS[name]
    refuse(gzipped(content + bytes(2 * BLOCK)), reason)


@pytest.mark.parametrize("name", ["absolute path", "symbolic link", "giant name"])
def test_so_it_is_after_good_members(name, refuse, gzipped, pack, binary_files):
    hostile, reason = TARS[name]
    files = dict(list(binary_files.items())[1:])
    good = gzip.decompress(pack(files).read_bytes())
    end = max(place for place in range(0, len(good), BLOCK) if any(good[place : place + BLOCK]))
    refuse(gzipped(good[: end + BLOCK] + hostile + bytes(2 * BLOCK)), reason)


def test_a_file_that_is_there_twice_is_refused(refuse, pack, binary_files):
    again = (tarfile.TarInfo(f"elsewhere/{FILE}"), binary_files[FILE])
    refuse(pack(binary_files, extra=[again]), f"the member '{FILE}' is in it twice")


def test_a_name_that_draws_on_the_terminal_is_quoted_and_shortened(refuse, gzipped):
    refuse(gzipped(member("/\x1b[2J" + "x" * 5000)), OUTSIDE)


def test_a_file_larger_than_any_archive_is_not_read(refuse, tmp_path, release):
    path = tmp_path / "archive.tar.gz"
    with open(path, "wb") as file:
        file.truncate(10**12)
    refuse(path, f"at most {most_bytes(release)} bytes were expected, it has 1000000000000")


def test_a_gzip_header_without_end_is_refused(refuse, tmp_path):
    path = tmp_path / "archive.tar.gz"
    path.write_bytes(b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * 10**6)
    refuse(path, "damaged or cut short: Compressed file ended")


def test_ten_thousand_gzips_of_nothing_are_no_archive(refuse, tmp_path):
    path = tmp_path / "archive.tar.gz"
    path.write_bytes(gzip.compress(b"") * 10_000)
    refuse(path, "damaged or cut short: empty file")


def test_a_pickle_that_runs_a_command_is_refused_by_its_checksum(
    refuse, pack, python_files, harmful_pickle
):
    path = pack({**python_files, "data_batch_1": harmful_pickle})
    refuse(path, "data_batch_1 differs from the published one")


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


@pytest.fixture(scope="module")
def refused_or_right(tmp_path_factory, plain_tar, release):
    """Change headers, and their checksums with them, so that they are read and not just noticed."""
    path = tmp_path_factory.mktemp("changed") / "archive.tar.gz"
    blocks = range(0, len(plain_tar), BLOCK)
    headers = [start for start in blocks if plain_tar[start + 257 : start + 262] == b"ustar"]

    def read(changes):
        content = bytearray(plain_tar)
        for header, place, change in changes:
            start = headers[header % len(headers)]
            block = content[start : start + BLOCK]
            block[place : place + len(change)] = change
            content[start : start + BLOCK] = with_checksum(block[:BLOCK])
        path.write_bytes(gzip.compress(content, 0))
        try:
            release.check_arrays(read_archive(path, release)[0])
        except ArchiveError:
            return "refused"
        return "right"

    return read


def test_an_archive_without_changes_is_right(refused_or_right):
    assert refused_or_right([]) == "right"


@pytest.mark.parametrize("examples", [100, pytest.param(5000, marks=pytest.mark.slow)])
def test_changed_headers_are_refused_or_harmless(refused_or_right, examples):
    @settings(max_examples=examples, deadline=5000)
    @given(mutations)
    def check(changes):
        refused_or_right(changes)

    check()
