"""Ways to pack a data set as people have CIFAR-10, and to answer for a server."""

import io
import struct
import tarfile
import zipfile

import numpy as np

from answerbook.cifar10.archive import FORMS

BINARY, PYTHON = FORMS


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


def pack(path, files, folder="cifar-10-batches/"):
    """Write the files, and one beside them, as the ending of `path` says; without one, unpacked."""
    files = {folder + name: content for name, content in {"readme.html": b"", **files}.items()}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in files.items():
                packed.writestr(name, content)
    elif path.suffix:
        with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as packed:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                packed.addfile(member, io.BytesIO(content))
    else:
        for name, content in files.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
    return path


def assert_same(found, expected):
    for name, array in expected.arrays().items():
        np.testing.assert_array_equal(found.arrays()[name], array)


def answer(handler, content=b"", status=200, **headers):
    handler.send_response(status)
    for name, value in {"Content_Length": len(content), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)
    handler.wfile.flush()
