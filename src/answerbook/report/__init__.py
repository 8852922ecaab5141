"""The book: numbers, tables and verdicts as text; staged with its sources, checked, rendered."""
