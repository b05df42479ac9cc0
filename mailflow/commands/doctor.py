"""`mailflow doctor`: everything a run needs is looked at; a line each, with the mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mailflow.app import App, mailbox_of, open_app, sender_of
from mailflow.commands.saying import Failed, clock, load_config, say
from mailflow.config import Config, ConfigError, since_instant
from mailflow.domain.master import MasterKind
from mailflow.house import pages_of, weights_of
from mailflow.mailbox.imap import ImapMailbox
from mailflow.master import MasterError, disagreements, read_master, register_of
from mailflow.outbox.catalogue import CatalogueError
from mailflow.outbox.smtp import SmtpSender
from mailflow.outbox.specimens import complaints_about
from mailflow.outbox.typeset import CannotTypeset
from mailflow.ports import NotSent, Trouble
from mailflow.rules.check import all_checks


@dataclass(frozen=True, slots=True)
class Line:
    """`good` is None for what is worth knowing but neither good nor bad."""

    what: str
    good: bool | None
    text: str


Examination = Callable[[Config], Iterator[Line]]
PROBLEMS = (Trouble, ConfigError, MasterError, CatalogueError, CannotTypeset, OSError)


def doctor(config_path: Path) -> int:
    """0 when nothing is wrong."""
    try:
        config = load_config(config_path)
    except Failed as failed:
        return failed.code
    say(f"ok    configuration  {config_path}")
    code = 0
    for name, examine in EXAMINATIONS:
        try:
            lines = list(examine(config))
        except PROBLEMS as problem:
            lines = [Line(name, False, text) for text in str(problem).splitlines()]
        for line in lines:
            word = {True: "ok", False: "BAD", None: "note"}[line.good]
            say(f"{word:<6}{line.what:<15}{line.text}")
            code = max(code, int(line.good is False))
    return code


def _configuration(config: Config) -> Iterator[Line]:
    weights = weights_of(config)
    yield Line("checks", True, f"{len(all_checks())}, {len(weights)} of them changed")
    if config.trust == "verified":
        yield Line(
            "trust",
            None,
            "verified: no proof of senders is built in yet: every order goes to review",
        )
    else:
        yield Line("trust", None, "from: the From line is believed; for closed networks only")
    if config.mode != "live":
        where = f" (all to {config.redirect_to})" if config.redirect_to else ""
        yield Line("mode", None, f"{config.mode}{where}: set mode: live when you are content")


def _registers(config: Config) -> Iterator[Line]:
    tables = {}
    for kind in MasterKind:
        tables[kind] = read_master(kind, config.path(getattr(config.master, kind.value)))
        yield Line(kind.value, True, f"{len(tables[kind].rows)} rows")
    for complaint in disagreements(register_of(tables)):
        yield Line("registers", False, complaint)


def _templates(config: Config) -> Iterator[Line]:
    pages = pages_of(config)
    for language in ("zh", "en"):
        known = set(pages.catalogue.codes(language))
        if missing := sorted({c.code for c in all_checks()} - known):
            yield Line("templates", False, f"findings/{language}.yaml lacks {', '.join(missing)}")
    complaints = complaints_about(pages)
    for complaint in complaints:
        yield Line("templates", False, complaint)
    if not complaints:
        yield Line("templates", True, "every letter can be written in both languages")


def _database(config: Config) -> Iterator[Line]:
    app = open_app(config, clock, exclusive=False)
    try:
        health = app.store.check()
        yield Line("database", health == "ok", "ok" if health == "ok" else f"{health}: restore it")
        yield from _last_poll(app)
    finally:
        app.close()


def _last_poll(app: App) -> Iterator[Line]:
    last = app.store.records.last_poll()
    if last is not None:
        age = int((clock() - last).total_seconds())
        yield Line("last poll", None, f"{age} s ago")


def _mailbox(config: Config) -> Iterator[Line]:
    mailbox = mailbox_of(config)
    try:
        validity = mailbox.uidvalidity()
        listed = mailbox.listing(frozenset(), clock())
        since = since_instant(config.mailbox, clock())
        old = sum(mail.received < since for mail in listed)
        yield Line("mailbox", True, f"{config.mailbox.url}: {len(listed)} mails, {old} left alone")
        if validity < 0:
            yield Line(
                "mailbox", None, "the server gives no UIDVALIDITY: mails are told by content"
            )
        if isinstance(mailbox, ImapMailbox):
            yield from _sent_folder(mailbox, config.transport.sent_folder)
    finally:
        mailbox.close()


def _sent_folder(mailbox: ImapMailbox, folder: str | None) -> Iterator[Line]:
    if folder is None:
        yield Line(
            "sent folder",
            None,
            "none: a message in doubt is sent again once; set transport.sent_folder where the "
            "provider keeps what is sent",
        )
    elif mailbox.holds("", folder) is None:
        names = ", ".join(mailbox.folders()[:30])
        yield Line(
            "sent folder",
            False,
            f"{folder}: there is none, or it may not be opened: set transport.sent_folder to one "
            f"of {names}",
        )
    else:
        yield Line("sent folder", True, folder)


def _transport(config: Config) -> Iterator[Line]:
    sender = sender_of(config)
    try:
        if isinstance(sender, SmtpSender):
            sender.probe()
        elif config.transport.url.path is not None:
            config.path(config.transport.url.path).mkdir(parents=True, exist_ok=True)
        yield Line("transport", True, str(config.transport.url))
    except NotSent as error:
        yield Line("transport", False, str(error))
    finally:
        sender.close()


def _clock(_config: Config) -> Iterator[Line]:
    now = datetime.now(UTC)
    sane = now.year >= 2026
    yield Line("clock", sane, now.isoformat() if sane else f"{now}: set the machine's clock")


EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    ("configuration", _configuration),
    ("registers", _registers),
    ("templates", _templates),
    ("database", _database),
    ("mailbox", _mailbox),
    ("transport", _transport),
    ("clock", _clock),
)
