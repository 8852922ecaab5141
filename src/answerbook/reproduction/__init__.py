"""Whether two runs made the same results: which files differ, and for numbers by how much."""
