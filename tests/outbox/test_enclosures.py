"""Lists are read back, copies marked in the child; a file that ends the child costs its colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import openpyxl
import pytest

from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import ListFile, MarkedCopy
from mailflow.outbox import specimen_orders as some
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.enclosures import Enclosures, Workshops
from mailflow.outbox.workbooks.differing import ListDiffers
from mailflow.parsers.mime import read_mime
from mailflow.parsers.sandbox import Limits, Sandbox
from mailflow.parsers.sandbox_wire import ChildError
from tests.outbox.letters import TEMPLATES

COPY = MarkedCopy(42, some.FILE, "xlsx", (some.loose_tins(),), "zh")


@pytest.fixture
def enclosures() -> Iterator[Enclosures]:
    workshops = Workshops(Sandbox(), Sandbox())
    yield Enclosures(Catalogue((TEMPLATES,)), workshops, "zh")
    workshops.close()


def mail_with(data: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "rm.henan@chenlu.example"
    mail.set_content("见附件")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=some.FILE)
    return mail.as_bytes()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    sheet["E8"] = 13
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_list_says_what_its_order_says(enclosures: Enclosures) -> None:
    data = enclosures.prepare(ListFile(some.dispatch_list()), b"").result()
    assert "FH261109-0042" in texts(data)


@pytest.mark.fault("O10")
def test_a_list_that_would_say_something_else_is_never_made(enclosures: Enclosures) -> None:
    made = some.dispatch_list()
    assert made.order.customer is not None
    elsewhere = replace(made.order.customer, ship_to=replace(made.order.ship_to, phone="000"))
    wrong = replace(made, order=replace(made.order, customer=elsewhere))
    with pytest.raises(ListDiffers, match="phone"):
        enclosures.prepare(ListFile(wrong), b"").result()


def test_a_copy_is_the_senders_own_workbook_with_the_cell_commented(enclosures: Enclosures) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(enclosures.prepare(COPY, mail_with(workbook())).result())
    )
    cell = book["Sheet1"]["E8"]
    assert cell.value == 13
    assert cell.comment is not None
    assert "散听" in cell.comment.text


def test_a_copy_speaks_the_senders_language(enclosures: Enclosures) -> None:
    data = enclosures.prepare(replace(COPY, language="en"), mail_with(workbook())).result()
    assert "Loose tins" in texts(data)


@pytest.mark.parametrize(
    "raw", [mail_with(b"PK\x03\x04 no workbook"), b"From: a@b.example\r\n\r\n"]
)
def test_a_workbook_that_cannot_be_marked_is_replaced_by_its_findings(
    enclosures: Enclosures, raw: bytes
) -> None:
    data = enclosures.prepare(COPY, raw).result()
    assert "散听" in texts(data)


def test_a_workbook_that_ends_its_child_costs_the_colours_and_never_the_answer() -> None:
    workshops = Workshops(Sandbox(Limits(output_bytes=100)), Sandbox())
    enclosures = Enclosures(Catalogue((TEMPLATES,)), workshops, "zh")
    try:
        data = enclosures.prepare(COPY, mail_with(workbook())).result()
    finally:
        workshops.close()
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["问题清单"]
    assert "散听" in texts(data)


def test_a_file_goes_on_exactly_as_a_mail_brought_it_archives_unopened() -> None:
    mail = message_from_bytes(mail_with(workbook()), policy=default)
    assert isinstance(mail, EmailMessage)
    packed = b"PK\x05\x06" + bytes(18)
    files = {"资料.zip": packed, "政策.pdf": b"%PDF-1.7 \xff", "补充.pdf": b"%PDF-2"}
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="x-thing", filename=name)
    raw = mail.as_bytes()
    found = read_mime(raw).attached
    assert [(a.name, a.size) for a in found[1:]] == [(n, len(d)) for n, d in files.items()]
    workshops = Workshops(Sandbox(), Sandbox())
    enclosures = Enclosures(Catalogue((TEMPLATES,)), workshops, "zh", {"m": raw}.__getitem__)
    try:
        mailed = [MailedFile(a, 1, "m", "a@b.example") for a in found]
        made = [enclosures.prepare(each, b"another mail").result() for each in mailed]
        strange = replace(mailed[0], file=replace(found[0], sha256="0" * 64))
        with pytest.raises(ChildError):
            enclosures.prepare(strange, raw).result()
    finally:
        workshops.close()
    assert made[1:] == list(files.values())
    assert "13" in texts(made[0])
