"""The book: staged from its sources and the results, checked, rendered."""
