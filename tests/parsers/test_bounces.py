"""What is read of a mail system's report: whose mail it was, whom it did not reach, and why."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.bounce import Bounce
from mailflow.parsers.bounces import LONGEST_WHY, MOST, bounce_of
from mailflow.parsers.mime_limits import MailRefused
from tests.reports_of_systems import in_words, report

OURS = "<0123456789abcdef0123456789abcdef.mailflow@songping.example>"
WHO = "warehouse@songping.example"
CORPUS = Path(__file__).parents[1] / "data" / "mail"


def test_a_mail_that_is_no_report_tells_nothing() -> None:
    told = bounce_of(b"From: a@b.example\r\nSubject: x\r\n\r\n")
    assert (told.message_ids, told.failed, told.delayed) == ((), (), ())
    assert not told.only_late


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_tells_number_address_and_reason(whole: bool) -> None:
    told = bounce_of(report(WHO.upper(), OURS, whole=whole))
    assert told == Bounce((OURS,), (WHO,), (), "550 5.1.1 no such user")


def test_a_report_of_a_delay_has_nothing_failed() -> None:
    told = bounce_of(report(WHO, OURS, action="delayed", said="451 4.4.1 try later"))
    assert told.failed == ()
    assert told.delayed == (WHO,)
    assert told.only_late


def test_a_report_in_words_is_known_by_the_head_it_quotes() -> None:
    told = bounce_of(
        in_words(f"抱歉，您的邮件被退回\n收件人邮箱已满\n\nMessage-ID: {OURS}\nSubject: 清单")
    )
    assert told.message_ids == (OURS,)
    assert told.why.startswith("抱歉，您的邮件被退回 收件人邮箱已满")
    assert not told.only_late


def test_only_numbers_of_our_making_count_and_not_that_of_the_report_itself() -> None:
    assert bounce_of(report(WHO, "<theirs@songping.example>")).message_ids == ()
    raw = f"Message-ID: {OURS}\r\nFrom: mailer-daemon@x.example\r\n\r\nno".encode()
    assert bounce_of(raw).message_ids == ()


def test_what_a_stranger_says_is_one_line_and_not_long() -> None:
    told = bounce_of(report(WHO, OURS, said="550 no\x07\u202e " + "x" * 9000))
    assert len(told.why) <= LONGEST_WHY
    assert told.why.isprintable()


def test_a_report_of_thousands_tells_some_of_them() -> None:
    numbers = "\n".join(f"Message-ID: <{n:032x}.mailflow@songping.example>" for n in range(5000))
    assert len(bounce_of(in_words(numbers)).message_ids) == MOST


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_it_is_read_or_refused(raw: bytes) -> None:
    head = b"From: MAILER-DAEMON@x\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    with suppress(MailRefused):
        bounce_of(head + b"Content-Type: message/delivery-status\r\n\r\n" + raw)


@pytest.mark.parametrize(
    "name",
    [
        "enmime__testdata-multi_recipient_dsn.raw.eml",
        "mikelmail__multipart_report_multiple_status.eml",
        "mimekit__delivery-status2.txt.eml",
        "sisimai__lhost-postfix-03.eml",
        "sisimai__rfc3464-04.eml",
    ],
)
def test_reports_of_real_systems_name_somebody_and_a_reason(name: str) -> None:
    told = bounce_of((CORPUS / name).read_bytes())
    assert told.failed or told.delayed
    assert told.why
