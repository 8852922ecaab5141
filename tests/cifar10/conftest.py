"""A small data set, packed as CIFAR-10 is published, and a server to fetch it from."""

import gzip
import hashlib
import io
import os
import pickle
import struct
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from answerbook.cifar10.archive import PARTS
from answerbook.cifar10.arrays import digests
from answerbook.cifar10.checksums import Release
from answerbook.cifar10.synthetic import synthesise

RECORDS = 20


@pytest.fixture(scope="session")
def dataset():
    return synthesise(5 * RECORDS, RECORDS, np.random.default_rng(1))


@pytest.fixture(scope="session")
def binary_files(dataset):
    """The content of each file of the binary layout, by name."""
    return {
        f"{name}.bin": np.column_stack([labels, pixels]).tobytes()
        for name, labels, pixels in split(dataset)
    }


@pytest.fixture(scope="session")
def python_files(dataset):
    """The content of each file of the python layout, by name."""
    return {name: python2_pickle(labels, pixels) for name, labels, pixels in split(dataset)}


@pytest.fixture(scope="session")
def release(dataset, binary_files, python_files):
    files = {**binary_files, **python_files}
    members = {name: f"sha1:{hashlib.sha1(files[name]).hexdigest()}" for name in files}
    return Release(RECORDS, members, digests(dataset))


def split(dataset):
    """Each file: its name, its labels (records,), its pixels (records, 3072)."""
    labels = np.concatenate([dataset.train_labels, dataset.test_labels])
    pixels = np.concatenate([dataset.train_images, dataset.test_images]).reshape(len(labels), -1)
    return zip(PARTS, labels.reshape(6, -1), pixels.reshape(6, RECORDS, -1), strict=True)


def python2_pickle(labels, pixels):
    """Write a file, byte for byte as Python 2 pickles it with protocol 2."""

    def text(value):
        return b"U" + bytes([len(value)]) + value

    shape = b"".join(b"M" + struct.pack("<H", size) for size in pixels.shape)
    content = pixels.tobytes()
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01"
        + (shape + b"\x86cnumpy\ndtype\n" + text(b"u1") + b"K\x00K\x01\x87R(K\x03U\x01|NNN")
        + (b"J\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89")
        + (b"T" + struct.pack("<i", len(content)) + content + b"tb")
    )
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    names = b"](" + text(b"a_figure_s_000001.png") * len(labels) + b"e"
    items = [(b"batch_label", text(b"training batch 1 of 5")), (b"labels", numbers)]
    items += [(b"data", array), (b"filenames", names)]
    return b"\x80\x02}(" + b"".join(text(key) + value for key, value in items) + b"u."


class Harmful:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch '{self.path}'",)


@pytest.fixture
def harmful_pickle(tmp_path):
    """What makes a file in `tmp_path` when it is unpickled."""
    return pickle.dumps({"data": Harmful(tmp_path / "harmed")}, 2)


@pytest.fixture
def pack(tmp_path):
    return lambda files, **options: pack_into(tmp_path / "archive.tar.gz", files, **options)


@pytest.fixture
def good(pack, binary_files):
    """The bytes of a good archive."""
    path = pack(binary_files)
    content = path.read_bytes()
    path.unlink()
    return content


def pack_into(path, files, *, folder="cifar-10-batches-bin/", extra=()):
    """Write a gzipped tar of the files in the folder, and of extra (TarInfo, content) pairs."""
    members = [(tarfile.TarInfo(folder + name), content) for name, content in files.items()]
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for member, content in [*members, *extra]:
            if member.isreg():
                member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture
def gzipped(tmp_path):
    def write(content):
        path = tmp_path / "archive.tar.gz"
        path.write_bytes(gzip.compress(content, 1))
        return path

    return write


@pytest.fixture
def server(monkeypatch):
    """Serve `server.pages`: path → (status, headers, content), or a function of the handler."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.requests.append(self.path)
            page = server.pages.get(self.path, (404, {}, b"not here"))
            if callable(page):
                page(self)
                return
            status, headers, content = page
            self.send_response(status)
            for name, value in {"Content-Length": len(content), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.pages, server.requests = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
