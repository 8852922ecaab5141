"""Chapter 3: multilayer perceptrons on CIFAR-10."""
