"""Texts of the book, read and changed."""

import re


def plain(text):
    """`text` with ordinary spaces and minus signs."""
    return re.sub(r"\s+", " ", text).replace("\u2212", "-")


def edit(path, old, new):
    """Write `new` for the first `old` in the file, or behind its text where `old` is empty."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
