"""CIFAR-10: fetched, verified and decoded, or replaced by generated images."""
