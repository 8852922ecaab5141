"""CIFAR-10: found, fetched, verified and decoded, or replaced by generated images."""

TRAIN_IMAGES, TEST_IMAGES = 50_000, 10_000
CHANNELS, SIZE = 3, 32  # red, green, blue; rows as columns
CLASSES = ("airplane", "automobile", "bird", "cat", "deer")
CLASSES += ("dog", "frog", "horse", "ship", "truck")
