"""Letters become messages: rendered once, the same bytes for every recipient, never changed after.

Text of a mail only ever fills blanks; templates come from the house's folders alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailflow.domain.answer import without_tokens
from mailflow.domain.audience import strictest
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.message import Message, MessageState
from mailflow.domain.money_notice import MoneyNotice
from mailflow.domain.notice import Enclosure, Letter, ListFile, MarkedCopy, Pressed
from mailflow.domain.notice_announcement import (
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    AnnouncementStatusNotice,
    Told,
)
from mailflow.domain.notice_archive import ArchivedNotice, FoundNotice
from mailflow.domain.notice_asked import ReplyNotice
from mailflow.domain.notice_calls import CallAnswerNotice, CallSumsFile, WaivedNotice
from mailflow.domain.notice_clock import WaybillFile
from mailflow.domain.notice_consumers import CallSheet, ConsumersNotice, ForgottenNotice
from mailflow.domain.notice_dispute import DisputeNotice, DisputeStage
from mailflow.domain.notice_goods import BatchFile, BatchNotice, ShippingNotice
from mailflow.domain.notice_help import HelpNotice, StatusNotice
from mailflow.domain.notice_month import (
    GridFile,
    InventoryNotice,
    MonthGridNotice,
    StockFile,
    StockPictures,
)
from mailflow.domain.notice_orders import AnswerNotice, ListNotice
from mailflow.domain.notice_paper import PaperFile, PaperNotice
from mailflow.domain.notice_register import RegisterFile, RegisterNotice
from mailflow.domain.notice_request import RequestAnswerNotice
from mailflow.domain.notice_rows import RowsFile
from mailflow.domain.notice_statistics import StatisticsFile, StatisticsPictures
from mailflow.domain.notice_stock import StockNotice
from mailflow.domain.personal import without_numbers
from mailflow.domain.statement import (
    StatementFile,
    StatementNotice,
    StatementsFile,
    StatementsNotice,
    StatementWhichNotice,
)
from mailflow.domain.value import dataclass
from mailflow.outbox.apart import StatisticsBook
from mailflow.outbox.audiences import contents_of
from mailflow.outbox.catalogue import known
from mailflow.outbox.enclosures import Enclosures
from mailflow.outbox.fonts import chinese_faces
from mailflow.outbox.library import Lent, Library
from mailflow.outbox.mime_headers import bare_address, one_line
from mailflow.outbox.mime_message import Envelope, build, message_id
from mailflow.outbox.mime_parts import XLSX, Body, File, type_of
from mailflow.outbox.pictures import Drawing, charts_of, pictures_in, seen
from mailflow.outbox.typeset_pages import CannotTypeset, Page, Pages
from mailflow.ports import Preparing

__all__ = ["CannotTypeset", "LetterSetter", "Stationery"]
LONGEST_SUBJECT_ID = 64
REPLIES = (
    AnswerNotice,
    ReplyNotice,
    ShippingNotice,
    BatchNotice,
    MoneyNotice,
    InventoryNotice,
    StockNotice,
    StatementsNotice,
    StatementWhichNotice,
    MonthGridNotice,
    HelpNotice,
    StatusNotice,
    RegisterNotice,
    CallAnswerNotice,
    PaperNotice,
    AnnouncementAnswerNotice,
    AnnouncementHeardNotice,
    WaivedNotice,
    ArchivedNotice,
    FoundNotice,
    RequestAnswerNotice,
    ConsumersNotice,
)
"""What answers a mail, in the words of RFC 3834."""


NO_LIBRARY = Library(Path("/nonexistent"))
"""Of a house without one."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """What every letter of this house bears. `redirect_to` takes all letters where it is set."""

    sender: str
    instance: str
    zone: ZoneInfo
    shadow: bool = False
    redirect_to: str | None = None


class LetterSetter:
    """The Typesetter door. Templates are compiled and their styles inlined once."""

    def __init__(
        self,
        stationery: Stationery,
        pages: Pages,
        enclosures: Enclosures,
        library: Library = NO_LIBRARY,
    ) -> None:
        self._library = library
        self._stationery = stationery
        self._pages = pages
        self._enclosures = enclosures

    def prepare(self, enclosure: Enclosure, raw: bytes) -> Preparing:
        if isinstance(enclosure, StatisticsFile):
            return self._statistics(enclosure)
        if isinstance(enclosure, StockPictures | StatisticsPictures):
            return Drawing(charts_of(enclosure, self._pages), chinese_faces())
        if isinstance(enclosure, PaperFile):
            return Lent(self._library, enclosure.paper.file)
        return self._enclosures.prepare(enclosure, raw)

    def _statistics(self, file: StatisticsFile) -> Preparing:
        statistics, language = file.statistics, known(file.language)
        titles = {c: self._pages.catalogue.title(c, language) for c in statistics.codes}
        words = self._pages.words("statistics", language)
        return StatisticsBook(statistics, words, titles, self._stationery.zone)

    def typeset(
        self, letter: Letter, prepared: Mapping[Enclosure, bytes], now: datetime
    ) -> Sequence[Message]:
        """One message a recipient. Raises `CannotTypeset`, `HeaderRefused`."""
        pictures = tuple(pictures_in(letter, prepared, self._pages))
        page = self._pages.page(letter, [shown for shown, _ in pictures])
        envelope = self._envelope(letter, page, now)
        files = [
            File(name := self._file_name(e), prepared[e], _type(e, name))
            for e in letter.enclosures
            if not isinstance(e, StockPictures | StatisticsPictures)
        ]
        body = Body(page.text, page.html, seen(pictures, page.html))
        recipients = _each_once((*envelope.to, *envelope.cc))
        goods = isinstance(letter.notice, ListNotice)
        if goods and len(recipients) > 1:
            # What is found of one copy must not be taken for the other: each has its own name.
            envelopes = {r: _named_for(r, envelope) for r in recipients}
        else:
            envelopes = dict.fromkeys(recipients, envelope)
        audience = strictest(contents_of(letter))
        mimes = {e: build(e, body, files) for e in set(envelopes.values())}
        stationery = self._stationery
        return tuple(
            Message(
                notice=letter.notice.code,
                subject_id=self._subject_id(letter),
                revision=letter.revision,
                recipient=recipient,
                sender=bare_address(stationery.sender),
                subject=without_numbers(without_tokens(one_line(page.subject))),
                message_id=envelopes[recipient].message_id,
                mime=mimes[envelopes[recipient]],
                audience=audience,
                goods=goods,
                created=now,
                due=now,
                state=MessageState.SUPPRESSED if stationery.shadow else MessageState.READY,
                mail_id=letter.mail_id,
            )
            for recipient in recipients
        )

    def _envelope(self, letter: Letter, page: Page, now: datetime) -> Envelope:
        """All recipients in one header: they see who else was told, and share one Message-ID,
        unless the letter moves goods."""
        stationery, thread = self._stationery, letter.thread
        to, cc = letter.to, letter.cc
        key = (letter.notice.code, letter.subject_id, str(letter.revision), *to, "", *cc)
        extra: tuple[tuple[str, str], ...] = ()
        if stationery.redirect_to:
            extra = (("X-Mailflow-Meant-For", self._pages.meant_for(letter)),)
            to, cc = (stationery.redirect_to,), ()
        return Envelope(
            sender=stationery.sender,
            to=to,
            cc=cc,
            subject=page.subject,
            message_id=message_id((stationery.instance, *key), stationery.sender),
            date=now.astimezone(stationery.zone),
            automatic="auto-replied" if _is_reply(letter) else "auto-generated",
            instance=stationery.instance,
            reply_to=letter.reply_to,
            in_reply_to=thread.message_id if thread else "",
            references=thread.references if thread else (),
            extra=extra,
        )

    def _subject_id(self, letter: Letter) -> str:
        """Redirected letters all have one recipient: whom they were meant for tells them apart."""
        if not self._stationery.redirect_to:
            return letter.subject_id
        return f"{letter.subject_id} {letter.to[0]}"[:LONGEST_SUBJECT_ID]

    def _file_name(self, enclosure: Pressed | StatisticsFile | PaperFile) -> str:
        match enclosure:
            case PaperFile(paper):
                return paper.file_name
            case ListFile(dispatch_list):
                return dispatch_list.file_name
            case BatchFile(traced):
                return f"{traced.batch.replace('/', '-')}.xlsx"
            case RegisterFile(number, _, _, kind):
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{words[f'rg_title_{kind}']}_{number}.xlsx"
            case CallSumsFile():
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{words['cb_title']}_{enclosure.number}.xlsx"
            case RowsFile():
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{words[f'rows_{enclosure.name}']}_{enclosure.number}.xlsx"
            case CallSheet(number, region):
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{words['call_title']}_{number}_{region}.xlsx"
            case StatementFile(statement):
                return f"{statement.number}_{statement.name}.xlsx"
            case StatementsFile(statements):
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{statements.period:%Y-%m} {words['st_title']}.xlsx"
            case GridFile(grid):
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{grid.month:%Y-%m} {words['grid_title']}.xlsx"
            case WaybillFile(day):
                words = self._pages.catalogue.words(known(enclosure.language))
                return f"{words['waybills_title']}-{day:%Y%m%d}.xlsx"
            case StatisticsFile(statistics):
                own = self._pages.words("statistics", known(enclosure.language))
                return own("file", period=str(statistics.period)) + ".xlsx"
            case StockFile(stock, language, revised):
                words = self._pages.catalogue.words(known(language))
                end = f" {words['stock_revised']} {revised:%m%d}" if revised else ""
                return f"{stock.month:%Y-%m} {words['stock_title']}{end}.xlsx"
            case MailedFile(file):
                return file.name
            case MarkedCopy():
                words = self._pages.catalogue.words(known(enclosure.language))
                name = enclosure.attachment or words["body"]
                stem, dot, _ = name.rpartition(".")
                return f"{stem if dot else name}-{words['marked']}.xlsx"


def _type(enclosure: Enclosure, name: str) -> str:
    """All that we make ourselves is a workbook."""
    return type_of(name) if isinstance(enclosure, MailedFile | PaperFile) else XLSX


def _is_reply(letter: Letter) -> bool:
    """A statement of account is one where somebody asked for it, and what is told of an objection
    where it goes to whoever objects. That all have confirmed an announcement, or that it did not get to somebody, nobody asked."""
    if isinstance(letter.notice, StatementNotice):
        return bool(letter.notice.subject)
    if isinstance(letter.notice, DisputeNotice):
        return letter.notice.stage is not DisputeStage.RAISED
    if isinstance(letter.notice, ForgottenNotice):
        return bool(letter.notice.subject)
    if isinstance(letter.notice, AnnouncementStatusNotice):
        return letter.notice.why not in (Told.COMPLETE, Told.LOST)
    return isinstance(letter.notice, REPLIES)


def _named_for(recipient: str, envelope: Envelope) -> Envelope:
    own = message_id((envelope.message_id, recipient.casefold()), envelope.sender)
    return replace(envelope, message_id=own)


def _each_once(addresses: Sequence[str]) -> Sequence[str]:
    """Bare addresses for the envelope; spelling in capitals makes nobody a second person."""
    found: dict[str, str] = {}
    for address in map(bare_address, addresses):
        found.setdefault(address.casefold(), address)
    return tuple(found.values())
