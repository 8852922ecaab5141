"""Whether two runs made the same: the same files, or the same numbers within their spread."""
