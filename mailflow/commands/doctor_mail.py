"""`doctor --mail`: a mail of the house to itself shows what its provider writes and lets through.

A line that names our own server can be written by anybody into his mail; it may be believed only where
the server takes such lines away before it writes its own (RFC 8601, 5; reliability A02).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import closing, suppress

from mailflow.commands.examination import Line
from mailflow.commands.saying import clock
from mailflow.config import Config
from mailflow.domain.mail import Head
from mailflow.domain.register import Register
from mailflow.doors import mailbox_of, probes_of, sender_of
from mailflow.mailbox.imap import ImapMailbox
from mailflow.outbox.mime_headers import bare_address
from mailflow.outbox.smtp import SmtpSender
from mailflow.parsers.sandbox import ReadingFailed
from mailflow.ports import PerhapsSent, Sender
from mailflow.reading import begin_mail, make_known, sandbox_of

FORGED = "forged.invalid"
"""A domain that nobody can have (RFC 2606): what bears it was written by us."""
PATIENCE, PAUSE = 60.0, 1.0
"""Seconds until a mail has to be back, and between two looks."""
LARGEST = 100_000


def sent_around(config: Config) -> Iterator[Line]:
    """Sends one mail, or two; they lie in the mailbox then, and the daemon files them as our own."""
    with closing(mailbox_of(config)) as mailbox, closing(sender_of(config)) as sender:
        if not isinstance(mailbox, ImapMailbox) or not isinstance(sender, SmtpSender):
            yield Line(None, "no mail goes around where mailbox or transport is a Maildir")
            return
        own = config.authentication.authserv_id.lower()
        first = _sent(config, mailbox, sender, own or FORGED)
        if first is None:
            yield Line(False, LOST.format(where=bare_address(config.transport.sender)))
            return
        head, sent = first
        written = _written(head)
        yield _names(own, written)
        forged = own or next(iter(written), "")
        if forged and forged != own:
            again = _sent(config, mailbox, sender, forged)
            head = again[0] if again else head
        yield _survival(head, forged or FORGED, is_believed=bool(own))
        yield from _rest(head, sent)


LOST = (
    "a mail to {where} did not come back within a minute: if the daemon runs it was quicker, stop it for "
    "so long; if not, see that this address is that of the mailbox"
)


def _sent(
    config: Config, mailbox: ImapMailbox, sender: Sender, server: str
) -> tuple[Head, str] | None:
    """The head of the mail as it came back, and the Message-ID it left with."""
    now, sign = clock(), secrets.token_hex(8)
    known = frozenset(each.key.uid for each in mailbox.listing(frozenset(), now))
    forged = ("Authentication-Results", f"{server}; dmarc=pass header.from={FORGED}")
    words = f"mailflow doctor {sign}", "mailflow doctor --mail"
    message = probes_of(config).probe(("doctor", sign), words, now, (forged,))
    with suppress(PerhapsSent):  # it comes back, or it does not
        sender.send(message, lambda: None)
    head = _come_back(config, mailbox, known, sign)
    return (head, message.message_id) if head else None


def _come_back(
    config: Config, mailbox: ImapMailbox, known: frozenset[int], sign: str
) -> Head | None:
    end = time.monotonic() + PATIENCE
    with sandbox_of(config) as sandbox:
        make_known(sandbox, Register())
        while True:
            new = [m for m in mailbox.listing(known, clock()) if m.size <= LARGEST]
            for key, raw in mailbox.fetch([m.key for m in new]):
                known |= {key.uid}
                if sign.encode() not in raw:
                    continue  # a mail of somebody's is for the daemon to read
                try:
                    return begin_mail(sandbox, raw).result().head
                except ReadingFailed:
                    return None
            if time.monotonic() > end:
                return None
            time.sleep(PAUSE)


def _written(head: Head) -> tuple[str, ...]:
    """The names under which others than we have written verdicts into the mail."""
    servers = (v.server for v in head.verdicts if v.header_from != FORGED)
    return tuple(dict.fromkeys(filter(None, servers)))


def _names(own: str, written: tuple[str, ...]) -> Line:
    if not written:
        text = "no server writes Authentication-Results into a mail of ours"
        if own:
            return Line(
                None, f"{text}, not {own} either: see a mail of somebody else's for its name"
            )
        return Line(None, f"{text}: who is not signed is asked by a code, as things are")
    names = ", ".join(written)
    if own and own not in written:
        return Line(
            False,
            f"Authentication-Results come from {names}, not from {own}: name the right one in "
            "authentication.authserv_id, or nothing is believed",
        )
    return Line(True, f"Authentication-Results come from {names}")


def _survival(head: Head, server: str, *, is_believed: bool) -> Line:
    if any(v.server == server and v.header_from == FORGED for v in head.verdicts):
        return Line(
            False if is_believed else None,
            f"a line that we forged in the name of {server} came through: whoever writes to you can do "
            "that too, leave authentication.authserv_id empty",
        )
    mend = "" if is_believed or server == FORGED else f": set authentication.authserv_id: {server}"
    return Line(True, f"a line that we forged in the name of {server} was taken away{mend}")


def _rest(head: Head, sent: str) -> Iterator[Line]:
    signers = ", ".join(dict.fromkeys(s.domain for s in head.signatures))
    if signers:
        yield Line(True, f"what leaves is signed (DKIM) by {signers}")
    else:
        yield Line(None, "what leaves bears no signature (DKIM): some take it for advertising")
    if head.message_id != sent:
        yield Line(None, "its Message-ID was changed: a message in doubt cannot be found again")
