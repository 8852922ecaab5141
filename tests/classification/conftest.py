import numpy as np
import pytest


@pytest.fixture(scope="session")
def images():
    """Sixty images of noise, uint8 (60, 3, 32, 32)."""
    return np.random.default_rng(0).integers(0, 256, (60, 3, 32, 32), dtype=np.uint8)
