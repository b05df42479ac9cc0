"""Stories that nobody wrote: what happens to a desk in a random order, with crashes between.

`python -m tests.life --count 200 --seed 1` plays many; `test_life.py` plays a few.
"""
