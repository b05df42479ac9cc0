"""One check a file, named as its code."""
