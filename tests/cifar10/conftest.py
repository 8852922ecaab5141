"""A small data set, packed as people have CIFAR-10, and a server to fetch it from."""

import hashlib
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from tests.cifar10.packing import BINARY, PYTHON, answer, pack, python2_pickle

from answerbook.cifar10 import archive
from answerbook.cifar10.synthetic import synthesise

RECORDS = 20


@pytest.fixture(scope="session")
def dataset():
    return synthesise(5 * RECORDS, RECORDS, np.random.default_rng(1))


@pytest.fixture(scope="session")
def forms(dataset):
    """For each form, the content of each file by name."""
    labels = np.concatenate([dataset.train_labels, dataset.test_labels]).reshape(6, -1)
    images = np.concatenate([dataset.train_images, dataset.test_images]).reshape(6, RECORDS, -1)
    binary = [np.column_stack(part).tobytes() for part in zip(labels, images, strict=True)]
    python = [python2_pickle(*part) for part in zip(labels, images, strict=True)]
    contents = {BINARY: binary, PYTHON: python}
    return {form: dict(zip(archive.FORMS[form], contents[form], strict=True)) for form in contents}


@pytest.fixture(autouse=True)
def published(forms, monkeypatch):
    """Let the checksums be those of the small data set."""
    sums = {
        name: f"sha1:{hashlib.sha1(content).hexdigest()}"
        for files in forms.values()
        for name, content in files.items()
    }
    monkeypatch.setattr(archive, "CHECKSUMS", sums)


@pytest.fixture
def good(tmp_path_factory, forms):
    """The bytes of a good archive."""
    return pack(tmp_path_factory.mktemp("good") / BINARY, forms[BINARY]).read_bytes()


@pytest.fixture
def server(monkeypatch):
    """Serve `server.pages`: a path's content, or what answers it, a function of the handler."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.requests.append(self.path)
            self.close_connection = True
            page = server.pages[self.path]
            with suppress(OSError):
                page(self) if callable(page) else answer(self, page)

        def log_message(self, *arguments):
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    server.pages, server.requests = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
