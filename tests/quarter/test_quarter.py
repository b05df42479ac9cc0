"""The months around Spring Festival of 2026: the 18th and the 20th of February are days of rest, and
nobody looks after the desk on the day on which reports are due in January."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.quarter.desk import Desk
from tests.quarter.play import Play, days

FIRST, LAST = date(2026, 1, 5), date(2026, 4, 1)
AWAY = days(date(2026, 1, 19), date(2026, 1, 21))
KINDS = 25
"""Of notices that leave in these months, so that no part of the play falls asleep unnoticed."""


SETTLED = 30
"""Days after which nothing more is opened, and little more is kept."""
MORE = 60
"""Megabytes that may come on top, most of them the letters that the play itself keeps."""


@pytest.mark.fault("T05", "T08", "D12")
@pytest.mark.timeout(900)
def test_every_mail_of_three_months_leaves_once_and_no_other(tmp_path: Path) -> None:
    play = Play(tmp_path / "desk", Desk(3, 8, 24), FIRST, LAST, 1.2, AWAY)
    assert list(play.play()) == []
    assert play.sent_once() == []
    assert len(play.left) >= KINDS, play.left
    before, after = play.open_files[:SETTLED], play.open_files[SETTLED:]
    assert max(after) <= max(before)
    assert max(play.megabytes[SETTLED:]) <= max(play.megabytes[:SETTLED]) + MORE
