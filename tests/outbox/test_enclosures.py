"""Lists are read back, copies marked in the child; a file that ends the child costs its colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import openpyxl
import pytest

from mailflow.domain.notice import ListFile, MarkedCopy
from mailflow.outbox import specimen_orders as some
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.enclosures import Enclosures, Workshops
from mailflow.outbox.workbooks.differing import ListDiffers
from mailflow.parsers.sandbox import Limits, Sandbox
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
