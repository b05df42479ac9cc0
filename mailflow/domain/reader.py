"""Which reader it is that reads mails: a number that is raised whenever anything is read otherwise than before.

`tests/accuracy/test_accuracy.py` fails where the same mails are read otherwise under the same number.
"""

from __future__ import annotations

READER = 1
"""Kept with each mail that is settled; 0 where a mailflow that had no numbers read it."""
