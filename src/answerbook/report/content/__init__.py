"""What the book says of the results: numbers, tables, verdicts."""
