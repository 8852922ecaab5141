"""Claims and the verdicts that programs reach on them."""
