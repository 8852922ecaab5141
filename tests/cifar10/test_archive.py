"""CIFAR-10 is read from whatever form it has; what is not CIFAR-10 does no harm."""

import gzip
import io
import itertools
import pickle
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from tests.cifar10.packing import BINARY, PYTHON, assert_same, pack

from answerbook.cifar10 import archive
from answerbook.cifar10.archive import LARGEST, ArchiveError, read
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
def test_every_form_gives_the_data_set(tmp_path, forms, dataset, form, ending, folder):
    path = pack(tmp_path / f"mine{ending}", forms[form], folder)
    found, name = read(path)
    assert_same(found, dataset)
    assert name == form


WRONG = {
    "a missing file": ({"data_batch_4.bin": None}, "data_batch_5.bin, test_batch.bin found"),
    "a changed file": ({"test_batch.bin": bytes(1000)}, r"test_batch\.bin differs .*SHA1"),
    "another data set": (dict.fromkeys(archive.FORMS[BINARY]), "none found"),
    "another pickle": ({"test_batch": pickle.dumps({b"labels": [1]}, 2)}, "test_batch differs"),
}


@pytest.mark.parametrize("ending", ["", ".tgz", ".zip"])
@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_not_the_data_set_is_refused_by_name(tmp_path, forms, wrong, ending):
    changes, reason = WRONG[wrong]
    changed = {**forms[BINARY], **changes}
    files = {name: content for name, content in changed.items() if content is not None}
    with pytest.raises(ArchiveError, match=reason):
        read(pack(tmp_path / f"mine{ending}", files, folder=""))


def tar(name, kind=tarfile.REGTYPE, content=b"", **fields):
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    return info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % tarfile.BLOCKSIZE)


def zipped(content):
    with zipfile.ZipFile(target := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(FILE, content)
    return target.getvalue()


DAMAGED = "no whole tar or zip archive"
HOSTILE_FILES = {
    "device": (tar(FILE, tarfile.CHRTYPE), "none found"),
    "giant": (tar(FILE, size=10**12), DAMAGED),
    "cut short": (gzip.compress(tar(FILE, content=bytes(9999)))[:40], DAMAGED),
    "web page": (b"<!DOCTYPE html><html>", DAMAGED),
    "nothing": (b"", DAMAGED),
    "zip bomb": (zipped(bytes(2**27)), f"{FILE} differs from the published one"),
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_archive_is_refused_in_little_memory(tmp_path, name):
    content, reason = HOSTILE_FILES[name]
    (path := tmp_path / "archive").write_bytes(content)
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveError, match=reason):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 2.5 * LARGEST
    finally:
        tracemalloc.stop()
