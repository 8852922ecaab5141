"""Chapter 2: gradients derived by hand."""
