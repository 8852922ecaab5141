"""What jobs share and no result depends on: files that are whole, and logs."""
