"""Chapter 3: multilayer perceptrons on CIFAR-10."""

PADDING, SIZE = 3, 32  # pixels of reflection around an image, and of its sides (Question 14)
OFFSETS = 2 * PADDING + 1  # crops of a padded image, along each axis
CLEAN_SUBSET = 10_000  # the first training images, on which every epoch measures the network
