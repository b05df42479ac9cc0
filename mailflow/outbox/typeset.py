"""Letters become messages: rendered once, the same bytes for every recipient, never changed after.

Text of a mail only ever fills blanks; templates come from the house's folders alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
import yaml
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from mailflow.domain.message import Message, MessageState
from mailflow.domain.notice import Enclosure, Letter, ListFile, ListNotice, MarkedCopy
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.enclosures import Enclosures
from mailflow.outbox.mime_message import Envelope, File, build, message_id, one_line

ANSWERS = frozenset({"order-answer"})


class CannotTypeset(Exception):
    """A template is missing or asks for what its notice has not; nothing is booked without it."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """What every letter of this house bears. `redirect_to` takes all letters where it is set."""

    sender: str
    instance: str
    zone: ZoneInfo
    folders: tuple[Path, ...]
    shadow: bool = False
    redirect_to: str | None = None


class LetterSetter:
    """The Typesetter door. Templates are compiled and their styles inlined once."""

    def __init__(self, stationery: Stationery, enclosures: Enclosures) -> None:
        self._stationery = stationery
        self._enclosures = enclosures
        self.catalogue: Catalogue = enclosures.catalogue
        folders = [str(f) for f in stationery.folders]
        self._environment = _environment(folders, stationery.zone, self.catalogue)

    def prepare(self, enclosure: Enclosure, raw: bytes) -> bytes:
        return self._enclosures.prepare(enclosure, raw)

    def typeset(
        self, letter: Letter, prepared: Mapping[Enclosure, bytes], now: datetime
    ) -> Sequence[Message]:
        subject, text, html = self._rendered(letter)
        marked = self.catalogue.words(letter.language)["marked"]
        files = [File(_file_name(e, marked), prepared[e]) for e in letter.enclosures]
        stationery = self._stationery
        key = (letter.notice.code, letter.subject_id, str(letter.revision))
        identity = message_id((stationery.instance, *key), stationery.sender)
        mime = build(self._envelope(letter, subject, identity, now), text, html, files)
        recipients = dict.fromkeys([*letter.to, *letter.cc])
        if stationery.redirect_to:
            recipients = dict.fromkeys([stationery.redirect_to])
        return tuple(
            Message(
                notice=letter.notice.code,
                subject_id=letter.subject_id,
                revision=letter.revision,
                recipient=recipient,
                sender=_bare(stationery.sender),
                subject=one_line(subject),
                message_id=identity,
                mime=mime,
                goods=isinstance(letter.notice, ListNotice),
                created=now,
                due=now,
                state=MessageState.SUPPRESSED if stationery.shadow else MessageState.READY,
                mail_id=letter.mail_id,
            )
            for recipient in recipients
        )

    def _envelope(self, letter: Letter, subject: str, identity: str, now: datetime) -> Envelope:
        stationery, thread = self._stationery, letter.thread
        to, cc = letter.to, letter.cc
        extra: tuple[tuple[str, str], ...] = ()
        if stationery.redirect_to:
            meant = ("X-Mailflow-Meant-For", ", ".join((*to, *cc)))
            to, cc, extra = (stationery.redirect_to,), (), (meant,)
        return Envelope(
            sender=stationery.sender,
            to=to,
            cc=cc,
            subject=subject,
            message_id=identity,
            date=now,
            automatic="auto-replied" if letter.notice.code in ANSWERS else "auto-generated",
            instance=stationery.instance,
            reply_to=letter.reply_to,
            in_reply_to=thread.message_id if thread else "",
            references=thread.references if thread else (),
            extra=extra,
        )

    def _rendered(self, letter: Letter) -> tuple[str, str, str]:
        code = letter.notice.code
        context = {
            "notice": letter.notice,
            "letter": letter,
            "lang": letter.language,
            "w": self._words(code, letter.language),
            "words": self.catalogue.words(letter.language),
        }
        try:
            subject, text, html = (
                self._environment.get_template(f"{code}/{name}").render(context)
                for name in ("subject.txt", "text.txt", "html.html")
            )
        except TemplateError as error:
            raise CannotTypeset(
                f"template {code} ({letter.language}): {error}: see `mailflow doctor`"
            ) from error
        return one_line(subject), text.strip() + "\n", _with_styles(html)

    @cache  # noqa: B019 - one setter lives as long as the process
    def _words(self, code: str, language: str) -> Mapping[str, str]:
        for folder in self._stationery.folders:
            path = folder / code / "words.yaml"
            if path.is_file():
                both = yaml.safe_load(path.read_text(encoding="utf-8"))
                return {key: pair[language] for key, pair in both.items()}
        raise CannotTypeset(f"templates/{code}/words.yaml is missing: restore it")


def _environment(folders: list[str], zone: ZoneInfo, catalogue: Catalogue) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(f, encoding="utf-8") for f in folders]),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "money": lambda amount: f"{Decimal(amount):,.2f}",
        "local": lambda at: at.astimezone(zone).strftime("%m-%d %H:%M"),
        "day": lambda day: day.isoformat() if isinstance(day, date) else str(day),
        "message": catalogue.message,
        "title": catalogue.title,
        "titles": lambda codes, lang: " · ".join(
            catalogue.title(c.partition(":")[0], lang) for c in codes.split(",") if c
        ),
    }
    environment.filters.update(filters)
    return environment


def _with_styles(html: str) -> str:
    """Styles on every element: QQ, 163 and Outlook drop a style sheet."""
    return _inliner().inline(html)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def _bare(sender: str) -> str:
    return sender.rpartition("<")[2].rstrip("> ")


def _file_name(enclosure: Enclosure, marked: str) -> str:
    match enclosure:
        case ListFile(dispatch_list):
            return dispatch_list.file_name
        case MarkedCopy():
            stem, dot, _ = enclosure.attachment.rpartition(".")
            return f"{stem if dot else enclosure.attachment}-{marked}.xlsx"
