import numpy as np
import pytest

from answerbook.cifar10.decoding import decode_binary, decode_pickled


@pytest.mark.parametrize("form", ["binary", "pickled"])
def test_both_forms_decode_to_the_same_arrays(dataset, binary_files, python_files, form):
    if form == "binary":
        images, labels = decode_binary(binary_files["test_batch.bin"])
    else:
        images, labels = decode_pickled(python_files["test_batch"])
    assert images.dtype == labels.dtype == np.uint8
    np.testing.assert_array_equal(images, dataset.test_images)
    np.testing.assert_array_equal(labels, dataset.test_labels)
