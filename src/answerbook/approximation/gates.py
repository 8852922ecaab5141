"""Logical gates as ReLU networks: the sign of f(x) is the gate (Question 7).

An input counts as true where it is positive, and so does the output.
"""

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork

OR = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
"""f(x) = ReLU(x₁) + ReLU(x₂), positive exactly where x₁ > 0 or x₂ > 0 (Question 7a)."""

XOR_WEIGHTS = (
    np.array([[-1.0, 0], [0, 1], [1, 0], [0, -1]]),
    np.array([[1.0, -1, 0, 0], [0, 0, 1, -1]]),
    np.array([[1.0, 0, 1, 0, -1, -1]]),
)
"""W₁, W₂ and W₃ of `xor_layers`; all its biases are 0."""


def xor_layers(x: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The outputs s (..., 4), s′ (..., 2) and f (..., 1) of the XOR network at x (..., 2).

    s = ReLU(W₁ x), s′ = ReLU(W₂ s), f = W₃ [s; s′], the concatenation of Question 7b: positive
    exactly where x₁ and x₂ have opposite signs.
    """
    w1, w2, w3 = XOR_WEIGHTS
    s = np.maximum(np.asarray(x, dtype=float) @ w1.T, 0)
    s_prime = np.maximum(s @ w2.T, 0)
    return s, s_prime, np.concatenate([s, s_prime], axis=-1) @ w3.T
