"""The staged project, made into HTML and PDF."""
