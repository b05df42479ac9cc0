"""The workbooks that leave: dispatch lists and marked copies."""
