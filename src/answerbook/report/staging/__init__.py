"""The book's text and the results, put together as one Quarto project."""
