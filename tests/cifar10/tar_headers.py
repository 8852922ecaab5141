"""Headers of tar members as no good archive has them."""

import tarfile

BATCH = "data_batch_1.bin"
BLOCK = tarfile.BLOCKSIZE


def member(name, kind=tarfile.REGTYPE, content=b"", **fields):
    """The bytes of a member, whatever its header says."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    padded = content + bytes(-len(content) % BLOCK)
    return info.tobuf(tarfile.PAX_FORMAT if info.pax_headers else tarfile.GNU_FORMAT) + padded


def chained(kind, content, count):
    return member("././@header", kind, content) * count + member(BATCH)


def negative_size(kind):
    """A header whose size is −512; `tarfile` would not write it."""
    block = bytearray(member(BATCH, kind))
    block[124:136] = b"\xff" * 10 + b"\xfe\x00"
    return with_checksum(block)


def with_checksum(block):
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:BLOCK])
    return bytes(block)
