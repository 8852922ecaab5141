from fractions import Fraction

from answerbook.approximation.claims.pieces import is_affine
from answerbook.approximation.network import ReLUNetwork


def test_a_network_that_is_bent_between_its_counted_kinks_is_found_out():
    relu = ReLUNetwork([[[1]], [[1]]], [[0], [0]])
    assert is_affine(relu, Fraction(0), Fraction(1))
    assert not is_affine(relu, Fraction(-1), Fraction(1))
