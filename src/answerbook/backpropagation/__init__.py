"""Chapter 2: gradients derived by hand."""

TOLERANCE = 1e-10  # on the largest absolute difference from autograd's, for gradients of order 1
