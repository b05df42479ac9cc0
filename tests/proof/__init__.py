"""Short stories of one small desk by seeds: its program is the real one, the world around it is played.

`python -m tests.proof --count 2000` plays many; `test_proof.py` plays a few.
"""
