"""Whether the servers are there, take us in and let us do what we must."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from mailflow.app import open_app
from mailflow.commands.doctor_providers import (
    certificate_ends,
    provider_of_mailbox,
    provider_of_transport,
)
from mailflow.commands.examination import Line
from mailflow.commands.saying import clock
from mailflow.config import Config
from mailflow.config_servers import sent_folder_of, since_instant
from mailflow.domain.provider import BY_USE
from mailflow.doors import mailbox_of, sender_of
from mailflow.mailbox.imap import ImapMailbox
from mailflow.outbox.smtp import SmtpSender
from mailflow.ports import NotSent, Trouble
from mailflow.store.sql import SqlStore


def mailbox(config: Config) -> Iterator[Line]:
    there = mailbox_of(config)
    try:
        validity = there.uidvalidity()
        listed = there.listing(frozenset(), clock())
        first = asked(config, lambda store: store.started())
        since = since_instant(config.mailbox, first or clock())
        old = sum(mail.received < since for mail in listed)
        left = (
            f", {old} of them before {since.isoformat(timespec='seconds')}: left alone"
            if old
            else ""
        )
        yield Line(True, f"{config.mailbox.url}: {len(listed)} mails{left}")
        if validity < 0:
            yield Line(None, "the server gives no UIDVALIDITY: mails are told by content")
        if isinstance(there, ImapMailbox):
            yield from certificate_ends(there.certificate, clock())
            yield from provider_of_mailbox(config, there.told())
            yield from _sent_folder(there, sent_folder_of(config.mailbox, config.transport))
    finally:
        there.close()


def _sent_folder(mailbox: ImapMailbox, folder: str | None) -> Iterator[Line]:
    if folder is None:
        yield Line(
            None,
            "no sent folder: a message in doubt is sent again once; set transport.sent_folder where the "
            "provider keeps what is sent",
        )
    elif mailbox.holds("", folder) is None:
        names = ", ".join(mailbox.folders()[:30])
        yield Line(
            False,
            f"sent folder {folder}: there is none, or it may not be opened: set transport.sent_folder to one "
            f"of {names}",
        )
    else:
        named = "that the server marks as such" if folder == BY_USE else folder
        yield Line(True, f"sent folder {named}")


def transport(config: Config) -> Iterator[Line]:
    sender = sender_of(config)
    try:
        if isinstance(sender, SmtpSender):
            sender.probe()
        elif config.transport.url.path is not None:
            config.path(config.transport.url.path).mkdir(parents=True, exist_ok=True)
        yield Line(True, str(config.transport.url))
        if isinstance(sender, SmtpSender):
            yield from certificate_ends(sender.certificate, clock())
            yield from provider_of_transport(config)
    except NotSent as error:
        yield Line(False, str(error))
    finally:
        sender.close()


def asked(config: Config, question: Callable[[SqlStore], datetime | None]) -> datetime | None:
    """What the database knows; trouble with it is told elsewhere."""
    with suppress(Trouble):
        app = open_app(config, clock, exclusive=False)
        try:
            return question(app.store)
        finally:
            app.close()
    return None
