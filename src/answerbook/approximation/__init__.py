"""Chapter 1: what ReLU networks of one input can and cannot express. Imports no torch."""
