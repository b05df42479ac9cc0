"""Of what is attached to a mail name, size and hash are told; its bytes come when they are asked for."""

from __future__ import annotations

import hashlib
import io
import zipfile
from email.message import EmailMessage

import pytest

from mailflow.domain.attached import Attached
from mailflow.domain.document import Unknown
from mailflow.domain.naming import KnownNames
from mailflow.parsers.attached import SMALLEST_SHOWN, NotThere, attached_file, unfit
from mailflow.parsers.reader import read_mail
from tests.parsers.sheets import saved, workbook

PDF = b"%PDF-1.4 a drawing"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * SMALLEST_SHOWN


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "bei@songping.example", "海报"
    mail.set_content("见附件")
    return mail


def attached(mail: EmailMessage) -> tuple[Attached, ...]:
    return read_mail(mail.as_bytes(), KnownNames()).attached


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


def test_a_mail_without_anything_attached_tells_nothing() -> None:
    mail = a_mail()
    mail.add_alternative('<p>见附件<img src="cid:logo"></p>', subtype="html")
    mail.get_payload()[1].add_related(b"\x89PNG tiny", "image", "png", cid="<logo>")
    assert attached(mail) == ()


def test_what_is_attached_is_told_as_it_came_whatever_it_is() -> None:
    mail = a_mail()
    mail.add_attachment(PDF, "application", "pdf", filename="../../海报 草稿.pdf")
    mail.add_attachment(zipped("a.ai"), "application", "zip", filename="素材.zip")
    mail.add_attachment(PICTURE, "image", "png", filename="现场.png", disposition="inline")
    told = attached(mail)
    assert [(a.name, a.size, a.unfit) for a in told] == [
        ("海报 草稿.pdf", len(PDF), ""),
        ("素材.zip", len(zipped("a.ai")), ""),
        ("现场.png", len(PICTURE), ""),
    ]
    raw = mail.as_bytes()
    assert [attached_file(raw, a.sha256) for a in told] == [PDF, zipped("a.ai"), PICTURE]
    with pytest.raises(NotThere):
        attached_file(raw, hashlib.sha256(b"other").hexdigest())


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"anything", "program"),
        ("poster.pdf", b"MZ\x90", "program"),
        ("a.PDF.Scr", b"x", "program"),
        ("page.html", b"<script>", "program"),
        ("a.zip", zipped("x/run.JS"), "program"),
        ("a.xlsx", zipped("xl/vbaProject.bin"), "macro"),
        ("a.xlsm", b"x", "macro"),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
            "macro",
        ),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 plain", ""),
        ("a.zip", b"PK not really", ""),
        ("a.pdf", PDF, ""),
        ("without", b"x", ""),
    ],
)
def test_programs_and_macros_are_passed_on_to_nobody(name: str, data: bytes, why: str) -> None:
    assert unfit(name, data) == why


def test_a_sheet_that_nobody_claims_keeps_its_cells() -> None:
    mail = a_mail()
    form = workbook([["设计申请表"], ["内容", "春节海报"], ["尺寸：60×90", None]])
    mail.add_attachment(saved(form), "application", "octet-stream", filename="申请.xlsx")
    [sheet] = read_mail(mail.as_bytes(), KnownNames()).documents
    assert isinstance(sheet, Unknown)
    assert [(str(c.at), c.text) for c in sheet.cells] == [
        ("Sheet1!A1", "设计申请表"),
        ("Sheet1!A2", "内容"),
        ("Sheet1!B2", "春节海报"),
        ("Sheet1!A3", "尺寸：60×90"),
    ]
