import pickle

import numpy as np
import pytest

from answerbook.cifar10.checksums import BadArchive
from answerbook.cifar10.decoding import RECORD, decode_binary, decode_pickled

RECORDS = 20


def test_both_forms_of_a_batch_decode_to_the_same_arrays(dataset, binary_files, python_files):
    for decode, content in [
        (decode_binary, binary_files["test_batch.bin"]),
        (decode_pickled, python_files["test_batch"]),
    ]:
        images, labels = decode(content, RECORDS)
        assert images.dtype == labels.dtype == np.uint8
        np.testing.assert_array_equal(images, dataset.test_images)
        np.testing.assert_array_equal(labels, dataset.test_labels)


def test_the_pickles_of_these_tests_are_what_numpy_reads(dataset, python_files):
    batch = pickle.loads(python_files["test_batch"], encoding="bytes")
    np.testing.assert_array_equal(batch[b"data"], dataset.test_images.reshape(RECORDS, -1))
    assert batch[b"labels"] == dataset.test_labels.tolist()


def test_the_harmful_pickle_of_these_tests_does_harm(tmp_path, harmful_pickle):
    pickle.loads(harmful_pickle(2))
    assert [path.name for path in tmp_path.iterdir()] == ["harmed"]


def test_an_array_pickled_column_by_column_is_read_in_its_order(dataset, as_pickle):
    pixels = dataset.test_images.reshape(RECORDS, -1)
    content = as_pickle(dataset.test_labels, pixels, columns_first=True)
    images, _ = decode_pickled(content, RECORDS)
    np.testing.assert_array_equal(images, dataset.test_images)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_runs_a_command_is_refused_and_not_run(tmp_path, harmful_pickle, protocol):
    with pytest.raises(BadArchive, match=r"asks for '(posix|nt)\.system', which was not run"):
        decode_pickled(harmful_pickle(protocol), RECORDS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"cnumpy\nload\n(U\x05/etc/tR.",
        b"cbuiltins\neval\n(U\x011tR.",
        b"cnumpy.core.multiarray\nndarray.tofile\n.",
    ],
)
def test_a_pickle_may_not_ask_for_anything_else_of_numpy_or_python(content):
    with pytest.raises(BadArchive, match="which was not run"):
        decode_pickled(content, RECORDS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a pickle",
        b"\x80\x02}.",
        b"\x80\x02]" + b"0.",
        pickle.dumps([1, 2, 3], 2),
        b"cnumpy\ndtype\n}U\x01xK\x01sb.",
    ],
)
def test_a_pickle_of_something_else_is_refused(content):
    with pytest.raises(BadArchive, match="a pickled batch was expected"):
        decode_pickled(content, RECORDS)


def test_a_pickle_cut_short_is_refused_wherever_it_is_cut(python_files):
    content = python_files["test_batch"]
    for length in [1, 10, 100, 1000, len(content) // 2, len(content) - 1]:
        with pytest.raises(BadArchive):
            decode_pickled(content[:length], RECORDS)


def test_pixels_of_another_type_are_refused(dataset, as_pickle):
    pixels = dataset.test_images.reshape(RECORDS, -1)
    with pytest.raises(BadArchive, match="type u1 were expected, b'O' was found"):
        decode_pickled(as_pickle(dataset.test_labels, pixels, type_code=b"O"), RECORDS)


def test_sizes_are_checked(binary_files, python_files):
    content = binary_files["test_batch.bin"]
    expected = f"{RECORDS * RECORD} bytes were expected, {RECORDS * RECORD - 1} were found"
    with pytest.raises(BadArchive, match=expected):
        decode_binary(content[:-1], RECORDS)
    with pytest.raises(BadArchive, match=r"labels \(21,\) were expected, .* \(20,\) were found"):
        decode_pickled(python_files["test_batch"], RECORDS + 1)


def test_a_label_that_is_no_class_is_refused(dataset, binary_files, as_pickle):
    content = bytes([10]) + binary_files["test_batch.bin"][1:]
    with pytest.raises(BadArchive, match="labels below 10 were expected, 10 was found"):
        decode_binary(content, RECORDS)
    labels = [10, *dataset.test_labels[1:]]
    with pytest.raises(BadArchive, match="labels below 10"):
        decode_pickled(as_pickle(labels, dataset.test_images.reshape(RECORDS, -1)), RECORDS)
