"""When an answer is looked at by a person instead of counting (reliability P02, P03)."""

from __future__ import annotations

from datetime import timedelta

QUICKEST = timedelta(seconds=5)
"""Nobody has read a letter and answered it sooner after it left; a machine has."""
MOST_GUESSES = 5
"""Mails in a row, of one address, whose codes are none of ours: from then on codes of his are not looked at."""
NOT_LOOKED_AT = timedelta(days=1)
"""For how long, from each of the last of them on."""
TOO_QUICK, GUESSED = "answer-too-quick", "codes-guessed"
"""Reasons of mails, and of cases."""
