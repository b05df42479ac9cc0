"""What the words around a sheet may say of it, and what they may not."""

from __future__ import annotations

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from mailflow.domain.document import Order
from mailflow.parsers.reader import read_mail
from tests.parsers.sheets import KNOWN

BOOK = sheet(order("N101", [(A1, 7, "现金")]))


def test_a_token_in_the_subject_is_none_of_its_words() -> None:
    """It is made by chance: `X12` in it is no pack, whatever stands around it."""
    subject = "Re: 宝宝屋订单 [DD261110-0002 #YEN7JJRQK7TAB3RX12A706NX0K] 请修改"
    reading = read_mail(mail(BEI, subject, "已改", ("订单.xlsx", BOOK)), KNOWN)
    [found] = [d for d in reading.documents if isinstance(d, Order)]
    said = [written.text for written in found.hints]
    assert "Re: 宝宝屋订单 [DD261110-0002] 请修改" in said
    assert not any("YEN7" in text for text in said)
    assert "YEN7" in reading.head.subject
