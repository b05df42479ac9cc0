"""How it stands with whoever got an announcement: what needs somebody is never hidden by what does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailflow.domain.announcement import (
    Addressee,
    Reached,
    announcement_number,
    is_announcement,
    receipt_of,
    unconfirmed,
)
from mailflow.domain.message import MessageState

WHO = Addressee("m@x.example", "王经理", True)
AT = datetime(2026, 11, 9, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("message", "confirmed", "asked", "reached"),
    [
        (MessageState.ACCEPTED, None, True, Reached.WAITING),
        (MessageState.ACCEPTED, None, False, Reached.TOLD),
        (None, None, True, Reached.WAITING),
        (MessageState.BOUNCED, None, True, Reached.LOST),
        (MessageState.FAILED, None, False, Reached.LOST),
        (MessageState.BOUNCED, AT, True, Reached.CONFIRMED),
        (MessageState.ACCEPTED, AT, True, Reached.CONFIRMED),
    ],
)
def test_it_stands_with_him_as_his_letter_and_his_word_say(
    message: MessageState | None, confirmed: datetime | None, asked: bool, reached: Reached
) -> None:
    receipt = receipt_of(WHO, message, confirmed, asked=asked)
    assert receipt.reached is reached
    assert bool(unconfirmed([receipt])) == (reached in (Reached.WAITING, Reached.LOST))


def test_the_same_mail_names_the_same_number() -> None:
    assert announcement_number(AT, 42) == "GG261109-0042"
    assert is_announcement("GG261109-0042")
    assert not is_announcement("DD261109-0042")
