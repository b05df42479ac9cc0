"""The words of files that come to be kept; what has none, or lies about itself, is kept without."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage

import pytest

from mailflow.parsers.attached import NotThere
from mailflow.parsers.paper_text import text_of
from tests.parsers.papers import docx, pdf, zipped
from tests.parsers.sheets import saved, workbook


def text(data: bytes, name: str = "a.bin") -> str:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "he@x.example", "合同"
    mail.set_content("见附件")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return text_of(mail.as_bytes(), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"PK\x03\x04 no zip at all",
        zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document><w:p>"}),
        zipped({
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        }),
        zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(200 * 1024 * 1024)}),
    ],
    ids=["picture", "no zip", "torn", "entity", "bomb"],
)  # fmt: skip
def test_what_has_no_words_has_none(data: bytes) -> None:
    assert text(data) == ""


def test_words_of_word_processors_stand_together() -> None:
    assert text(docx("甲方：小叶子<公司>", "合同期一年")).split("\n")[:2] == [
        "甲方：小叶子<公司>",
        "合同期一年",
    ]


def test_words_of_workbooks_texts_and_pdfs() -> None:
    book = workbook([["合同清单", None], ["编号", "HT-7"]])
    assert "编号 HT-7" in text(saved(book), "a.xlsx")
    assert "租赁协议" in text("租赁协议\n第一条".encode("gb18030"), "a.txt")
    assert "Lease 2026" in text(pdf("Lease 2026"), "a.pdf")


def test_words_of_what_is_packed_one_level_deep() -> None:
    inner = zipped({"deep.txt": "太深".encode()})
    packed = zipped({"合同.docx": docx("经销合同"), "inner.zip": inner})
    words = text(packed, "a.zip")
    assert "经销合同" in words
    assert "合同.docx" in words
    assert "太深" not in words


def test_a_mail_that_has_no_such_part_is_not_the_one_that_was_read() -> None:
    with pytest.raises(NotThere):
        text_of(b"From: a@x.example\r\n\r\nhello", "0" * 64)
