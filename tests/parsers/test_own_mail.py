"""What we sent ourselves comes back in many ways, and is an order in none of them."""

from __future__ import annotations

import pytest

from mailflow.domain.document import Order, Reading
from mailflow.domain.mail import MailKind
from mailflow.parsers.reader import read_mail
from tests.parsers.mime_mails import a_mail, a_part, a_text, with_parts
from tests.parsers.sheets import HEAD, KNOWN, LINES, saved, workbook

FROM = "From: Wang <rm.shandong@chenlu.example>"
LOOP = "X-Mailflow-Loop: desk-1"
REPORT = 'Content-Type: multipart/report; report-type=delivery-status; boundary="r"'
NAMED = 'Content-Disposition: attachment; filename="a.xlsx"'
ROWS = [HEAD, *LINES]


def sheet(*top: tuple[object, ...]) -> bytes:
    return a_part(NAMED, data=saved(workbook([*top, *ROWS])))


def inside(mail: bytes) -> bytes:
    return a_mail("Content-Type: message/rfc822", body=mail)


def orders(reading: Reading) -> list[Order]:
    return [d for d in reading.documents if isinstance(d, Order)]


def a_report(returned: bytes, *parts: bytes) -> bytes:
    status = a_mail("Content-Type: message/delivery-status", body="Action: failed\n")
    told = (a_text("could not be delivered"), status, inside(returned), *parts)
    body = b"".join(b"--r\r\n%s\r\n" % part for part in told) + b"--r--\r\n"
    return a_mail("From: MAILER-DAEMON@mx.example", REPORT, body=body)


ORDERED = with_parts(a_text(), sheet(), headers=(FROM, "Subject: 订单"))


def test_an_order_in_a_forwarded_mail_is_read() -> None:
    assert len(orders(read_mail(with_parts(a_text(), inside(ORDERED)), KNOWN))) == 1


@pytest.mark.fault("L04")
def test_the_order_that_a_report_returns_is_not_read() -> None:
    reading = read_mail(a_report(ORDERED), KNOWN)

    assert (reading.head.kind, reading.documents) == (MailKind.BOUNCE, ())


def test_what_hangs_on_a_report_itself_is_read_and_shown() -> None:
    assert len(orders(read_mail(a_report(ORDERED, sheet()), KNOWN))) == 1


@pytest.mark.fault("L03")
def test_our_own_mail_is_not_read_at_all() -> None:
    reading = read_mail(with_parts(a_text(), sheet(), headers=(FROM, LOOP)), KNOWN)

    assert (reading.head.kind, reading.documents, reading.refused) == (MailKind.OWN, (), ())


@pytest.mark.fault("L03")
@pytest.mark.parametrize("as_file", [False, True])
def test_our_own_mail_inside_another_is_not_read(as_file: bool) -> None:
    ours = with_parts(a_text(), sheet(), headers=(FROM, LOOP))
    part = a_part('Content-Disposition: attachment; filename="a.eml"', data=ours)
    mail = with_parts(a_text(), part if as_file else inside(ours))

    assert read_mail(mail, KNOWN).documents == ()


@pytest.mark.fault("L03")
@pytest.mark.parametrize("number", ["FH261103-0001  R1", "FH261103-0012-2 R12"])
def test_a_dispatch_list_of_ours_is_no_order(number: str) -> None:
    listed = ("发货清单", "", "", number)

    assert orders(read_mail(with_parts(a_text(), sheet(listed)), KNOWN)) == []


@pytest.mark.parametrize(
    "above",
    [("发货清单",), ("订单", "FH261103-0001"), ("请参照 FH261103-0001 R1 发货",), ("PO FH-1 R1",)],
)
def test_a_sheet_that_only_speaks_of_a_list_is_an_order(above: tuple[object, ...]) -> None:
    assert len(orders(read_mail(with_parts(a_text(), sheet(above)), KNOWN))) == 1


def test_an_order_beside_a_list_of_ours_is_read_alone() -> None:
    listed = sheet(("发货清单", "FH261103-0001  R1")).replace(b"a.xlsx", b"b.xlsx")

    [order] = orders(read_mail(with_parts(a_text(), listed, sheet()), KNOWN))
    assert order.attachment == "a.xlsx"
