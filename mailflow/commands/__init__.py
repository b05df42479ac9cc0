"""One command or family of commands a file; each returns its exit code."""
