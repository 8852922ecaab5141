"""CIFAR-10 is read from whatever form it has; what is not CIFAR-10 does no harm."""

import gzip
import hashlib
import io
import itertools
import os
import pickle
import resource
import tarfile
import time
import tracemalloc
import zipfile
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from tests.cifar10.packing import BINARY, PYTHON, assert_same, pack

from answerbook.cifar10 import archive
from answerbook.cifar10.archive import LARGEST, MOST, SIDE, ArchiveError, read
from answerbook.cifar10.arrays import digests

PUBLISHED = {
    "train_images": "47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a",
    "train_labels": "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
    "test_images": "f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04",
    "test_labels": "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
}
CHECKSUMS, FILE = dict(archive.CHECKSUMS), "data_batch_1.bin"


def test_cifar10_itself_has_the_published_arrays(monkeypatch):
    checkout = Path(__file__).parents[2]
    folders = [checkout / "resources", checkout.parent / "shared", checkout / "data"]
    if not (there := [folder / BINARY for folder in folders if (folder / BINARY).is_file()]):
        pytest.skip(f"{BINARY} is not here")
    monkeypatch.setattr(archive, "CHECKSUMS", CHECKSUMS)
    dataset, form = read(there[0])
    assert (digests(dataset), form) == (PUBLISHED, BINARY)


ENDINGS = [".tar.gz", ".tgz", ".tar", ".zip"]
FOLDERS = ["", "some/where/else/", "../../", "/etc/"]


@pytest.mark.parametrize(("ending", "folder"), [("", ""), *itertools.product(ENDINGS, FOLDERS)])
@pytest.mark.parametrize("form", [BINARY, PYTHON])
def test_every_form_gives_the_data_set_and_nothing_is_written(
    tmp_path, forms, dataset, form, ending, folder
):
    path = pack(tmp_path / f"mine{ending}", forms[form], folder)
    with nothing_written():
        found, name = read(path)
    assert_same(found, dataset)
    assert name == form


@contextmanager
def nothing_written():
    """Let every write to a file fail."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_writing_is_noticed_by_these_tests(tmp_path):
    with nothing_written(), pytest.raises(OSError):
        (tmp_path / "file").write_bytes(b"a byte")


class Harmful:
    def __reduce__(self):
        return os.mkdir, ("harmed",)


HARMFUL = pickle.dumps({b"labels": [1], b"data": Harmful()}, 2)
WRONG = {
    "a missing file": ({"data_batch_4.bin": None}, "data_batch_5.bin, test_batch.bin found"),
    "a changed file": ({"test_batch.bin": bytes(1000)}, r"test_batch\.bin differs .*SHA1"),
    "another data set": (dict.fromkeys(archive.FORMS[BINARY]), "none found"),
    "a harmful pickle": ({"test_batch": HARMFUL}, "test_batch differs"),
}


@pytest.mark.parametrize("ending", ["", ".tgz", ".zip"])
@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_not_the_data_set_is_refused_by_name(tmp_path, forms, wrong, ending):
    changes, reason = WRONG[wrong]
    changed = {**forms[BINARY], **changes}
    files = {name: content for name, content in changed.items() if content is not None}
    with pytest.raises(ArchiveError, match=reason):
        read(pack(tmp_path / f"mine{ending}", files, folder=""))


def test_a_pickle_runs_nothing_even_if_its_checksum_is_right(tmp_path, forms, monkeypatch):
    """Whatever it would call stands for nothing."""
    monkeypatch.chdir(tmp_path)
    right = f"sha1:{hashlib.sha1(HARMFUL).hexdigest()}"
    monkeypatch.setitem(archive.CHECKSUMS, "test_batch", right)
    with pytest.raises(Exception):  # noqa: B017 - it holds no images
        read(pack(tmp_path / "mine", {**forms[PYTHON], "test_batch": HARMFUL}, folder=""))
    assert not (tmp_path / "harmed").exists()


def member(name, kind=tarfile.REGTYPE, content=b"", **fields):
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    padded = content + bytes(-len(content) % tarfile.BLOCKSIZE)
    return info.tobuf(tarfile.PAX_FORMAT if info.pax_headers else tarfile.GNU_FORMAT) + padded


def with_checksum(block):
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def zipped(content, method=zipfile.ZIP_DEFLATED, count=1, **replaced):
    """A zip of `count` files, with numbers of its central directory replaced afterwards."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for number in range(count):
            packed.writestr(f"{number or ''}/{FILE}", content)
    written = target.getvalue()
    for old, new in replaced.values():
        written = written.replace(old.to_bytes(4, "little"), new.to_bytes(4, "little"))
    return written


def chained(kind, content):
    return member("././@header", kind, content) * 10**4 + member(FILE)


NONE, DAMAGED, LARGER = "none found", "no whole archive", "headers are far larger"
XHD, LONG = tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME
HOSTILE_TARS = {
    "symbolic link": (member(FILE, tarfile.SYMTYPE, linkname="/etc/passwd"), NONE),
    "hard link": (member(FILE, tarfile.LNKTYPE, linkname="/etc/passwd"), NONE),
    "device": (member(FILE, tarfile.CHRTYPE), NONE),
    "pipe": (member(FILE, tarfile.FIFOTYPE), NONE),
    "sparse": (member(FILE, pax_headers={"GNU.sparse.size": "9" * 12}), NONE + "|bytes|differs"),
    "giant": (member(FILE, size=10**12), f"'{FILE}' has {10**12} bytes"),
    "giant beside it": (member("x\x1b[2J", size=SIDE + 1), rf"'x\\x1b\[2J' has {SIDE + 1} bytes"),
    "a thousand members": (b"".join(member(str(i)) for i in range(1000)), "at most 64 members"),
    "giant extended header": (member("@", XHD, bytes(2**26)), LARGER),
    "giant name": (member("@", LONG, b"x" * 2**24), LARGER),
    "extended headers without end": (chained(XHD, b""), LARGER + "|" + DAMAGED),
    "names without end": (chained(LONG, b"x"), LARGER + "|" + DAMAGED),
    "giant number": (member("@", XHD, b"1" * 9000 + b" a=b\n") + member(FILE), DAMAGED),
    "zeros alone": (bytes(2**26), NONE),
    "gzip in gzip": (gzip.compress(bytes(2**20)), DAMAGED),
    "noise": (np.random.default_rng(0).bytes(2**16), DAMAGED),
}
ZEROS = bytes(2**26)
HOSTILE_FILES = {
    **{name: (gzip.compress(tar, 1), reason) for name, (tar, reason) in HOSTILE_TARS.items()},
    "cut short": (gzip.compress(member(FILE, content=bytes(9999)))[:40], DAMAGED),
    "web page": (b"<!DOCTYPE html><html>", f"{DAMAGED}.*DOCTYPE html"),
    "nothing": (b"", DAMAGED),
    "zip bomb": (zipped(ZEROS), f"'{FILE}' has {2**26} bytes"),
    "zip bomb that lies": (zipped(ZEROS, size=(2**26, 1000)), f"{DAMAGED}|differs"),
    "zip bomb of bzip2": (zipped(ZEROS, zipfile.ZIP_BZIP2, size=(2**26, 1000)), NONE),
    "zip of many": (zipped(b"", count=3000), LARGER),
    "zip of noise": (b"PK\x03\x04" + np.random.default_rng(0).bytes(2**16), DAMAGED),
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_archive_is_refused_in_little_memory_and_time(tmp_path, name):
    content, reason = HOSTILE_FILES[name]
    (path := tmp_path / "archive").write_bytes(content)
    tracemalloc.start()
    start = time.process_time()
    try:
        with nothing_written(), pytest.raises(ArchiveError, match=reason) as error:
            read(path)
        assert tracemalloc.get_traced_memory()[1] < LARGEST / 4
    finally:
        tracemalloc.stop()
    assert time.process_time() - start < 10
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 400


def test_a_file_larger_than_any_archive_is_not_read(tmp_path):
    with open(tmp_path / "archive.tar", "wb") as file:
        file.truncate(10**12)
    with pytest.raises(ArchiveError, match=f"at most {MOST} were expected"):
        read(tmp_path / "archive.tar")


@pytest.mark.parametrize("ending", [".tar", ".zip"])
def test_an_archive_with_changed_headers_is_refused_or_still_right(
    tmp_path, forms, dataset, ending
):
    """Those of a tar have their checksums made right again, so that they are read."""
    path = pack(tmp_path / f"mine{ending}", forms[BINARY], folder="é" * 60)
    whole, generator, refused = path.read_bytes(), np.random.default_rng(0), 0
    starts = [at - 257 for at in range(257, len(whole), 512) if whole[at : at + 5] == b"ustar"]
    for _ in range(150):
        content, change = bytearray(whole), generator.bytes(generator.integers(1, 12))
        start = generator.choice(starts or [len(whole) - 900])  # a zip's directory is at its end
        place = start + generator.integers(0, 500 if starts else 890)
        content[place : place + len(change)] = change
        if starts:
            content[start : start + 512] = with_checksum(content[start : start + 512])
        path.write_bytes(content)
        try:
            assert_same(read(path)[0], dataset)
        except ArchiveError:
            refused += 1
    assert refused > 50
