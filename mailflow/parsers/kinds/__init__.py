"""One kind of document a file."""
