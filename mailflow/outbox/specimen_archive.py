"""Specimens of the letters about papers that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.archived import Archived, Found
from mailflow.domain.attached import Attached
from mailflow.domain.mail import Thread
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Letter
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.outbox.specimen_orders import ADMIN, RECEIVED

TITLE = "合同归档：南阳童之家经销合同"
CONTRACT = Archived(
    number="GD261109-0053",
    mail_id=53,
    mail_sha256="a" * 64,
    name="经销合同-南阳童之家.docx",
    path="2",
    sha256="b" * 64,
    size=48_200,
    title=TITLE,
    sender=ADMIN.email,
    at=RECEIVED,
    text="甲方授权乙方在南阳市经销晨露金装系列产品，合同期一年。",
)
SCAN = replace(
    CONTRACT, number="GD261109-0053-2", name="营业执照.jpg", path="3", sha256="c" * 64, text=""
)


def archive_letters(language: str) -> Iterator[Letter]:
    kept = ArchivedNotice(
        subject=TITLE, kept=(CONTRACT, SCAN), dangerous=("setup.exe",), is_read=True
    )
    yield _letter(kept, language)
    yield _letter(ArchivedNotice(subject=TITLE, known=(CONTRACT,)), language)
    words = "经销 童之家"
    one = Found(paper=CONTRACT, around="甲方授权乙方在南阳市经销晨露金装系列产品")
    several = (one, Found(paper=SCAN, around=""))
    file = Attached(CONTRACT.name, CONTRACT.path, CONTRACT.size, CONTRACT.sha256)
    enclosed = MailedFile(file, CONTRACT.mail_id, CONTRACT.mail_sha256, CONTRACT.sender)
    alone = FoundNotice(subject=f"查找 {words}", words=words, found=(one,), is_enclosed=True)
    yield replace(_letter(alone, language), enclosures=(enclosed,))
    yield _letter(FoundNotice(subject="查找", words=words, found=several, has_more=True), language)
    yield _letter(FoundNotice(subject="查找", words=words), language)


def _letter(notice: ArchivedNotice | FoundNotice, language: str) -> Letter:
    return Letter(
        notice=notice,
        to=(ADMIN.email,),
        subject_id=f"M53-{notice.code}",
        about="M53",
        language=language,
        thread=Thread("<contract-1109@chenlu.example>", (), notice.subject),
    )
