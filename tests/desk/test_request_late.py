"""An answer that comes too late is asked for anew, whatever the sender was told before."""

from __future__ import annotations

from mailflow.desk.idle import ANSWERS
from mailflow.desk.request_replies import REASONS
from mailflow.domain.notice_request import RequestVerdict


def test_what_is_asked_anew_is_no_idle_answer_whose_letter_may_be_kept_back() -> None:
    assert REASONS[RequestVerdict.LATE] not in ANSWERS
    assert set(REASONS) == set(RequestVerdict) - {RequestVerdict.KNOWN}
