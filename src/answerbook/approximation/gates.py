"""Logical gates as ReLU networks: the sign of f(x) is the gate (Question 7).

An input counts as true where it is positive, and so does the output.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from answerbook.approximation.network import ReLUNetwork


@dataclass(frozen=True, eq=False)
class ConcatenationNetwork:
    """A 3-layer network whose last layer reads both layers before it.

    s = ReLU(W₁ x + b₁), s′ = ReLU(W₂ s + b₂), f = W₃ [s; s′] + b₃: the concatenation of
    Question 7b.
    """

    weights: tuple[np.ndarray, np.ndarray, np.ndarray]
    biases: tuple[np.ndarray, np.ndarray, np.ndarray]

    def layers(self, x: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The outputs s (..., units), s′ (..., units′) and f (..., out) at x (..., in)."""
        (w1, w2, w3), (b1, b2, b3) = self.weights, self.biases
        s = np.maximum(np.asarray(x, dtype=float) @ w1.T + b1, 0)
        s_prime = np.maximum(s @ w2.T + b2, 0)
        return s, s_prime, np.concatenate([s, s_prime], axis=-1) @ w3.T + b3

    def __call__(self, x: ArrayLike) -> np.ndarray:
        """Inputs (..., in_features) → outputs (..., out_features)."""
        return self.layers(x)[-1]


OR = ReLUNetwork([[[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0]])
"""f(x) = ReLU(x₁) + ReLU(x₂), positive exactly where x₁ > 0 or x₂ > 0 (Question 7a)."""

XOR = ConcatenationNetwork(
    (
        np.array([[-1.0, 0], [0, 1], [1, 0], [0, -1]]),
        np.array([[1.0, -1, 0, 0], [0, 0, 1, -1]]),
        np.array([[1.0, 0, 1, 0, -1, -1]]),
    ),
    (np.zeros(4), np.zeros(2), np.zeros(1)),
)
"""Positive exactly where x₁ and x₂ have opposite signs (Question 7b)."""
