"""Three whole months of a desk, played with the clock: which mail leaves on which day, to whom, once.

`python -m tests.quarter` plays twelve regions; `test_quarter.py` a smaller desk over other holidays.
"""
