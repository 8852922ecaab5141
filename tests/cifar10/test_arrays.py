import hashlib
import json

import numpy as np
import pytest

from answerbook.cifar10.arrays import digests, save


@pytest.mark.parametrize("synthetic", [True, False])
def test_what_is_saved_can_be_mapped_into_memory_and_says_what_it_is(tmp_path, dataset, synthetic):
    save(dataset, tmp_path, source="a source", synthetic=synthetic)
    for name, array in dataset.arrays().items():
        mapped = np.load(tmp_path / f"{name}.npy", mmap_mode="r")
        assert isinstance(mapped, np.memmap)
        assert mapped.flags.c_contiguous
        assert mapped.dtype == np.uint8
        np.testing.assert_array_equal(mapped, array)
    assert json.loads((tmp_path / "source.json").read_text()) == {
        "source": "a source",
        "synthetic": synthetic,
        "sha256": digests(dataset),
    }


def test_digests_are_of_images_with_channels_last(dataset):
    images = np.moveaxis(dataset.test_images, 1, 3)
    found = digests(dataset)
    assert found["test_images"] == hashlib.sha256(images.tobytes()).hexdigest()
    assert found["test_labels"] == hashlib.sha256(dataset.test_labels.tobytes()).hexdigest()
