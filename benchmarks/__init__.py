"""What the machine could do and what we make of it: `make bench`."""
