"""A deep-learning problem set as a book that computes, proves and draws its own answers."""
