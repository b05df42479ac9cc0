"""What is read of a mail of which only the header was kept (D11)."""

from __future__ import annotations

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from mailflow.domain.attached import Refused, RefusedBecause
from mailflow.domain.only_head import MARK, WHOLE, only_head
from mailflow.parsers.reader import read_mail
from tests.parsers.sheets import KNOWN

RAW = mail(BEI, "11月订单", "请发货", ("a.xlsx", sheet(order("N101", [(A1, 7, "现金")]))))


@pytest.mark.fault("D11")
def test_nothing_is_read_but_who_wrote_it_and_that_it_was_too_large() -> None:
    whole, kept = read_mail(RAW, KNOWN), only_head(RAW)
    assert kept is not None
    reading = read_mail(kept, KNOWN)
    assert (reading.head.sender, reading.head.subject) == (whole.head.sender, whole.head.subject)
    assert reading.refused == (Refused("", RefusedBecause.TOO_LARGE, WHOLE),)
    assert reading.refused[0].variant == "mail-too-large"
    assert reading.is_only_head
    assert not reading.documents


def test_a_mail_with_a_body_is_read_whatever_its_header_says() -> None:
    forged = RAW.replace(b"\n\n", b"\n" + MARK + b"\n\n", 1)
    assert len(forged) > len(RAW)
    assert read_mail(forged, KNOWN).documents == read_mail(RAW, KNOWN).documents
    assert not read_mail(RAW, KNOWN).is_only_head
