"""Bytes in, documents out; pure, and run in a child process where bytes are a stranger's."""
