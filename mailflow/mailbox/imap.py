"""An IMAP folder as mailbox: the set of UIDs is the truth, everything else only hurries."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailflow.domain import failpoint
from mailflow.domain.certificate import Certificate
from mailflow.domain.mail import MailKey, MailState
from mailflow.log import get_logger
from mailflow.mailbox.bell import Bell
from mailflow.mailbox.imap_connect import beginning_of_body
from mailflow.mailbox.imap_filing import filed_folders, move_all
from mailflow.mailbox.imap_sent import SentFolder
from mailflow.mailbox.imap_session import LOST, ImapSession, ImapSettings, plain_words
from mailflow.mailbox.outcomes import FILED, outcome_name
from mailflow.ports import Listed

LISTED_AT_ONCE = 50_000
"""The line of an answer may be a million bytes long: 90,000 UIDs of ten digits."""

SIZES_AT_ONCE = 200
BODIES_AT_ONCE = 50
BYTES_AT_ONCE = 20 * 1024 * 1024
LONGEST_IDLE = 540.0
"""Nine minutes: servers end an IDLE of half an hour, and a dead one must be noticed (I03)."""

log = get_logger()


class ImapMailbox:
    """Mails are named to the server by number only: no text of a mail is part of a command.

    `monotonic` is the clock of the pauses after failures, in seconds.
    """

    def __init__(
        self, settings: ImapSettings, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.account = f"{settings.user}@{settings.host}"
        self.folder = settings.folder
        self._monotonic = monotonic
        self._session = ImapSession(settings, monotonic)
        self._bell = Bell()
        self._sizes: dict[int, int] = {}
        self._sent: SentFolder | None = None

    def uidvalidity(self) -> int:
        """Asked of the server anew; negative where it gives none (see `ImapSession`)."""
        self._session.renew()
        return self._session.validity

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        """By UID. Where a reconnect brought other numbers than `known` speaks of, a mail may be
        missing from this listing, but not from the next one; each key bears its own UIDVALIDITY.
        """
        with self._session.talk() as client:
            fresh = sorted(_uids(client, self._session.exists) - known)
            answers: dict[int, Mapping[bytes, Any]] = {}
            for chunk in _chunks(fresh, SIZES_AT_ONCE):
                answers.update(client.fetch(chunk, ["RFC822.SIZE", "INTERNALDATE"]))
            listed = [self._listed(uid, answers[uid], now) for uid in fresh if uid in answers]
        self._sizes = {mail.key.uid: mail.size for mail in listed}
        return listed

    def _listed(self, uid: int, answer: Mapping[bytes, Any], now: datetime) -> Listed:
        stated = answer.get(b"INTERNALDATE")
        known = isinstance(stated, datetime) and stated.tzinfo is not None
        received = stated.astimezone(UTC) if isinstance(stated, datetime) and known else now
        key = MailKey(self.account, self.folder, self._session.validity, uid)
        return Listed(key, int(answer.get(b"RFC822.SIZE") or 0), received)

    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        """In batches by number and bytes. A body of NIL is a mail that is gone, no empty mail."""
        for batch in self._batches(keys):
            with self._session.talk() as client:
                ours = [key.uid for key in batch if key.uidvalidity == self._session.validity]
                bodies = _bodies(client, ours)
            for key in batch:
                raw = bodies.get(key.uid)
                if raw or (raw == b"" and self._sizes.get(key.uid) == 0):
                    yield key, raw

    def heads(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        """Each asked for by itself: one that the server refuses costs no other."""
        for key in keys:
            with self._session.talk() as client:
                if key.uidvalidity == self._session.validity and (head := _head(client, key.uid)):
                    yield key, head

    def _batches(self, keys: Sequence[MailKey]) -> Iterator[Sequence[MailKey]]:
        sizes = self._sizes_of([key.uid for key in keys])
        batch: list[MailKey] = []
        held = 0
        for key in keys:
            size = sizes.get(key.uid, 0)
            if batch and (len(batch) == BODIES_AT_ONCE or held + size > BYTES_AT_ONCE):
                yield batch
                batch, held = [], 0
            batch.append(key)
            held += size
        if batch:
            yield batch

    def _sizes_of(self, uids: Sequence[int]) -> Mapping[int, int]:
        unknown = [uid for uid in uids if uid not in self._sizes]
        if not unknown:
            return self._sizes
        found = dict(self._sizes)
        with self._session.talk() as client:
            for chunk in _chunks(unknown, SIZES_AT_ONCE):
                for uid, answer in client.fetch(chunk, ["RFC822.SIZE"]).items():
                    found[uid] = int(answer.get(b"RFC822.SIZE") or 0)
        return found

    def file_away(self, keys: Sequence[MailKey], state: MailState) -> None:
        """For people's eyes only: what the server refuses is left where it is, and logged."""
        if state is MailState.WAITING:
            return
        failpoint.reached("file-away.before")
        # Mails were dealt with for minutes, perhaps: the server may have hung up meanwhile (I08).
        self._session.renew()
        with self._session.talk() as client:
            uids = [key.uid for key in keys if key.uidvalidity == self._session.validity]
            for uid, refusal in move_all(client, self._session, uids, outcome_name(state)):
                log.warning("mail not filed", uid=uid, server=plain_words(refusal))
        failpoint.reached("file-away.moved")

    def outcomes(self) -> Iterator[ImapMailbox]:
        with self._session.talk() as client:
            found = filed_folders(client, self._session, map(outcome_name, FILED))
        for folder in found:
            yield ImapMailbox(replace(self._session.settings, folder=folder), self._monotonic)

    def wait(self, seconds: float) -> None:
        """IDLE is only a bell over the poll; what it rang for, the next listing finds."""
        seconds = min(seconds, LONGEST_IDLE)
        if seconds <= 0:
            return
        session = self._session
        if not (session.connected and session.settings.idles and "IDLE" in session.capabilities):
            self._bell.wait(seconds)
            return
        with self._session.talk() as client:
            client.idle()
            if not _has_unread(client, self._session.settings.read_seconds):
                self._bell.wait(seconds, client.socket().fileno())
            # The reply proves that the connection lives; a silent one is found out here.
            client.socket().settimeout(self._session.settings.connect_seconds)
            client.idle_done()
            client.socket().settimeout(self._session.settings.read_seconds)

    def ring(self) -> None:
        """End a `wait` at once, also from a signal handler or another thread."""
        self._bell.ring()

    def holds(self, message_id: str, folder: str) -> bool | None:
        """Whether a folder such as `Sent` holds our message; None where that cannot be told."""
        if self._sent is None or self._sent.name != folder:
            self._sent = SentFolder(folder)
        with self._session.talk() as client:
            found = self._sent.holds(client, message_id)
        self._session.renew()
        return found

    @property
    def certificate(self) -> Certificate | None:
        """That of the server at the last connection; None before, or without TLS."""
        return self._session.certificate

    def told(self) -> Sequence[str]:
        """What the server says of itself."""
        with self._session.talk():
            return self._session.told

    def folders(self) -> Sequence[str]:
        """The names of all folders, for people."""
        with self._session.talk() as client:
            return sorted(str(name) for _, _, name in client.list_folders())

    def close(self) -> None:
        self._session.close()
        self._bell.close()


def _uids(client: IMAPClient, exists: int) -> set[int]:
    """Every UID of the folder; asked for by numbers only, so that no server minds a charset."""
    if exists <= LISTED_AT_ONCE:
        return set(client.search(["UID", "1:*"]))
    found: set[int] = set()
    for first in range(1, exists + 1, LISTED_AT_ONCE):
        last = min(first + LISTED_AT_ONCE - 1, exists)
        found.update(client.search([f"{first}:{last}"]))
    return found


def _bodies(client: IMAPClient, uids: Sequence[int]) -> Mapping[int, bytes | None]:
    """Bodies by UID. Where the server refuses a batch, it is asked for each one by itself."""
    if not uids:
        return {}
    try:
        answers = client.fetch(uids, ["BODY.PEEK[]"])
    except LOST:
        raise
    except IMAPClientError as refusal:
        beginning = beginning_of_body(client)
        if len(uids) == 1 and beginning is not None:
            return {uids[0]: beginning}
        if len(uids) == 1:
            log.warning("mail not given", uid=uids[0], server=plain_words(refusal))
            return {}
        return {uid: raw for one in uids for uid, raw in _bodies(client, [one]).items()}
    return {uid: answers[uid].get(b"BODY[]") for uid in uids if uid in answers}


def _head(client: IMAPClient, uid: int) -> bytes | None:
    try:
        answer = client.fetch([uid], ["BODY.PEEK[HEADER]"]).get(uid, {})
    except LOST:
        raise
    except IMAPClientError as refusal:
        log.warning("header not given", uid=uid, server=plain_words(refusal))
        return None
    head = answer.get(b"BODY[HEADER]")
    return head if isinstance(head, bytes) else None


def _has_unread(client: IMAPClient, read_seconds: float) -> bool:
    """Whether news came together with the server's consent to IDLE, and lie in a buffer."""
    sock = client.socket()
    sock.setblocking(False)
    try:
        return bool(client._imap.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        sock.settimeout(read_seconds)


def _chunks(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), size):
        yield uids[start : start + size]
