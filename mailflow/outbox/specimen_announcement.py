"""Specimens of announcements, with invented people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailflow.domain.announcement import (
    Addressee,
    Announcement,
    AnnouncementState,
    Receipt,
    receipt_of,
)
from mailflow.domain.answer import Word
from mailflow.domain.attached import Attached
from mailflow.domain.audience import Audience
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.message import MessageState
from mailflow.domain.notice import Letter, Notice
from mailflow.domain.notice_announcement import (
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    AnnouncementNotice,
    AnnouncementReplyNotice,
    AnnouncementStatusNotice,
    AnnouncementVerdict,
    Told,
)
from mailflow.domain.question import Question

NUMBER, TOKEN = "GG261109-0042", "7K3M9QWX2ZB4T6VD8HCF"
AT = datetime(2026, 11, 9, 6, 32, tzinfo=UTC)
ASSISTANT = "assistant@chenlu.example"
PEOPLE = (
    Addressee("rm.henan@chenlu.example", "河南区域经理", True),
    Addressee("rm.east@chenlu.example", "East Manager", True, "en", ("某某母婴店",)),
    Addressee("he1000@dealer.example", "郑州贝乐商贸有限公司", False),
)
TEXT = """各位经理、经销商：

十一月起，晨露金装系列每满 100 箱赠展架一个。
<b>详见附件</b>，11 月 30 日前有效。"""
ANNOUNCEMENT = Announcement(
    number=NUMBER,
    revision=1,
    mail_id=42,
    sha256="0" * 64,
    announcer=ASSISTANT,
    title="十一月促销政策",
    text=TEXT,
    wanted=("河南", "区域经理"),
    confirm=True,
    attached=(Attached("十一月促销政策.pdf", "1.2", 84_000, "1" * 64),),
    people=PEOPLE,
    state=AnnouncementState.OPEN,
)
FILES = tuple(
    MailedFile(file, 42, ANNOUNCEMENT.sha256, ASSISTANT, Audience.PARTNER)
    for file in ANNOUNCEMENT.attached
)
FINDINGS = tuple(
    Finding(code, Severity.ERROR, Asked.SENDER, found=found, expected=expected, variant=variant)
    for code, variant, found, expected in (
        ("announcement-recipient", "unknown", "华中", ""),
        ("announcement-recipient", "several", "贝乐", "HE1000 郑州贝乐、HE1001 洛阳贝乐"),
        ("announcement-content", "internal", "", "郑州贝乐商贸有限公司"),
    )
)


def announcement_letters(language: str) -> Iterator[Letter]:
    plain = AnnouncementNotice(
        title=ANNOUNCEMENT.title,
        text=TEXT,
        by="林市场",
        confirm=True,
        audience=Audience.PARTNER,
        files=ANNOUNCEMENT.file_names,
    )
    for notice in (
        plain,
        replace(plain, confirm=False, files=(), title="", is_corrected=True),
        replace(plain, relays=PEOPLE[1].relays, is_urged=True),
    ):
        token = TOKEN if notice.confirm else ""
        letter = _letter(notice, PEOPLE[0].address, language)
        yield replace(letter, token=token, enclosures=FILES if notice is plain else ())
    for verdict in AnnouncementVerdict:
        yield _answer(verdict, language)
    yield replace(
        _answer(AnnouncementVerdict.PROPOSED, language),
        notice=AnnouncementAnswerNotice(
            verdict=AnnouncementVerdict.PROPOSED,
            subject=ANNOUNCEMENT.title,
            announcement=replace(ANNOUNCEMENT, revision=2, is_internal=True, confirm=False),
            is_urged=True,
            is_cut=True,
            again="GG261108-0031",
        ),
    )
    for why, state in (
        (Told.ASKED, AnnouncementState.OPEN),
        (Told.COMPLETE, AnnouncementState.OPEN),
        (Told.CLOSED, AnnouncementState.CLOSED),
    ):
        told = replace(ANNOUNCEMENT, state=state)
        status = AnnouncementStatusNotice(
            why=why, announcement=told, receipts=tuple(_receipts(why is Told.COMPLETE))
        )
        yield _letter(status, ASSISTANT, language)
    receipts = tuple(_receipts(complete=False))
    lost = AnnouncementStatusNotice(
        why=Told.LOST, announcement=ANNOUNCEMENT, receipts=receipts, lost=receipts[-1:]
    )
    yield _letter(lost, ASSISTANT, language)
    reply = AnnouncementReplyNotice(
        announcement=ANNOUNCEMENT,
        who=PEOPLE[2].name,
        address=PEOPLE[2].address,
        said=("附件打不开，", "能不能再发一次？"),
        files=("截图.png",),
    )
    yield _letter(reply, ASSISTANT, language)
    open_ = AnnouncementHeardNotice(announcement=ANNOUNCEMENT, by="林市场", confirm=True)
    for heard in (open_, replace(open_, confirm=False), replace(open_, is_outdated=True)):
        yield _letter(heard, PEOPLE[2].address, language)


def _receipts(complete: bool) -> Iterator[Receipt]:
    states = (MessageState.ACCEPTED, MessageState.ACCEPTED, MessageState.BOUNCED)
    for n, (person, state) in enumerate(zip(PEOPLE, states, strict=True)):
        has = complete or n == 0
        at = AT + timedelta(hours=n + 1) if has else None
        yield receipt_of(person, state, at, asked=True, why="552 5.2.2 mailbox full")


def _answer(verdict: AnnouncementVerdict, language: str) -> Letter:
    asks = verdict in (AnnouncementVerdict.PROPOSED, AnnouncementVerdict.UNCLEAR)
    notice = AnnouncementAnswerNotice(
        verdict=verdict,
        subject=f"公告：{ANNOUNCEMENT.title}",
        announcement=None if verdict is AnnouncementVerdict.NOT_YOURS else ANNOUNCEMENT,
        findings=FINDINGS if verdict is AnnouncementVerdict.BAD else (),
        said="等一下再发",
    )
    letter = _letter(notice, ASSISTANT, language)
    thread = Thread("<announcement-1109@chenlu.example>", (), notice.subject)
    return replace(letter, thread=thread, question=_question() if asks else None)


def _letter(notice: Notice, to: str, language: str) -> Letter:
    return Letter(notice=notice, to=(to,), subject_id=NUMBER, language=language, mail_id=42)


def _question() -> Question:
    return Question(
        order=NUMBER,
        revision=1,
        role=Asked.SENDER,
        address=ASSISTANT,
        allowed=(Word.SEND, Word.CANCEL),
        created=AT,
        expires=AT + timedelta(days=5),
        token=TOKEN,
    )
