"""Committed messages leave the house; letters and workbooks are made here."""
