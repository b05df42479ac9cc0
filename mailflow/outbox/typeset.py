"""Letters become messages: rendered once, the same bytes for every recipient, never changed after.

Text of a mail only ever fills blanks; templates come from the house's folders alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailflow.domain.answer import without_tokens
from mailflow.domain.audience import about, regions, strictest
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.message import Message, MessageState
from mailflow.domain.notice import Enclosure, Letter
from mailflow.domain.notice_month import (
    StockPictures,
)
from mailflow.domain.notice_orders import ListNotice
from mailflow.domain.notice_paper import PaperFile
from mailflow.domain.notice_statistics import StatisticsFile, StatisticsPictures
from mailflow.domain.personal import without_numbers
from mailflow.domain.value import dataclass
from mailflow.outbox.apart import StatisticsBook
from mailflow.outbox.audiences import contents_of
from mailflow.outbox.catalogue import known
from mailflow.outbox.enclosures import Enclosures
from mailflow.outbox.file_names import name_of
from mailflow.outbox.fonts import chinese_faces
from mailflow.outbox.library import Lent, Library
from mailflow.outbox.mime_headers import bare_address, one_line
from mailflow.outbox.mime_message import Envelope, build, message_id
from mailflow.outbox.mime_parts import XLSX, Body, File, type_of
from mailflow.outbox.pictures import Drawing, charts_of, pictures_in, seen
from mailflow.outbox.replies import is_reply
from mailflow.outbox.typeset_pages import CannotTypeset, Page, Pages
from mailflow.ports import Preparing

__all__ = ["CannotTypeset", "LetterSetter", "Stationery"]
LONGEST_SUBJECT_ID = 64
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
        files = list(self._files(letter, prepared))
        body = Body(page.text, page.html, seen(pictures, page.html))
        recipients = _each_once((*envelope.to, *envelope.cc))
        goods = isinstance(letter.notice, ListNotice)
        if goods and len(recipients) > 1:
            # What is found of one copy must not be taken for the other: each has its own name.
            envelopes = {r: _named_for(r, envelope) for r in recipients}
        else:
            envelopes = dict.fromkeys(recipients, envelope)
        contents = tuple(contents_of(letter))
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
                audience=strictest(contents),
                about=about(contents),
                regions=regions(contents),
                goods=goods,
                created=now,
                due=now,
                state=MessageState.SUPPRESSED if stationery.shadow else MessageState.READY,
                mail_id=letter.mail_id,
            )
            for recipient in recipients
        )

    def _files(self, letter: Letter, prepared: Mapping[Enclosure, bytes]) -> Iterator[File]:
        """Pictures stand in the letter itself and are none of them."""
        for enclosure in letter.enclosures:
            if not isinstance(enclosure, StockPictures | StatisticsPictures):
                name = name_of(enclosure, self._pages)
                yield File(name, prepared[enclosure], _type(enclosure, name))

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
            automatic="auto-replied" if is_reply(letter) else "auto-generated",
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


def _type(enclosure: Enclosure, name: str) -> str:
    """All that we make ourselves is a workbook."""
    return type_of(name) if isinstance(enclosure, MailedFile | PaperFile) else XLSX


def _named_for(recipient: str, envelope: Envelope) -> Envelope:
    own = message_id((envelope.message_id, recipient.casefold()), envelope.sender)
    return replace(envelope, message_id=own)


def _each_once(addresses: Sequence[str]) -> Sequence[str]:
    """Bare addresses for the envelope; spelling in capitals makes nobody a second person."""
    found: dict[str, str] = {}
    for address in map(bare_address, addresses):
        found.setdefault(address.casefold(), address)
    return tuple(found.values())
