"""An IMAP folder as mailbox: the set of UIDs is the truth, everything else only hurries."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailflow.domain import failpoint
from mailflow.domain.mail import MailKey, MailState
from mailflow.mailbox.imap_session import (
    LOGIN_BACKOFF,
    Backoff,
    ImapSettings,
    connect,
    trouble_of,
)
from mailflow.ports import Listed, LoginRefused, MailboxTrouble

T = TypeVar("T")
SIZES_AT_ONCE = 200
BODIES_AT_ONCE = 25
BYTES_AT_ONCE = 20 * 1024 * 1024
LONGEST_IDLE = 540.0
"""Nine minutes: servers end an IDLE of half an hour, and a dead one must be noticed."""


class ImapMailbox:
    """One connection, made when needed and made anew after any trouble.

    No text of a mail is ever part of a command: mails are named by number only.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._client: IMAPClient | None = None
        self._validity = 0
        self._folders: set[str] = set()
        self._bell = threading.Event()
        self._backoff, self._not_before = Backoff(), 0.0
        self._chance = random.Random()
        self.account = f"{settings.user}@{settings.host}"
        self.folder = settings.folder

    def uidvalidity(self) -> int:
        """Of the folder as it is selected now; 0 where the server gives none (I02)."""

        def ask(client: IMAPClient) -> int:
            status = client.select_folder(self.folder)
            self._validity = int(status.get(b"UIDVALIDITY", 0))
            return self._validity

        return self._asking(ask)

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        def ask(client: IMAPClient) -> list[Listed]:
            fresh = sorted(set(client.search(["UID", "1:*"])) - known)
            found: list[Listed] = []
            for start in range(0, len(fresh), SIZES_AT_ONCE):
                chunk = fresh[start : start + SIZES_AT_ONCE]
                answers = client.fetch(chunk, ["RFC822.SIZE", "INTERNALDATE"])
                found.extend(
                    self._listed(uid, answers[uid], now) for uid in chunk if uid in answers
                )
            return found

        return self._asking(ask)

    def _listed(self, uid: int, answer: dict[bytes, Any], now: datetime) -> Listed:
        received = answer.get(b"INTERNALDATE")
        if isinstance(received, datetime):
            received = received.astimezone(UTC)
        else:
            received = now
        key = MailKey(self.account, self.folder, self._validity, uid)
        return Listed(key, int(answer.get(b"RFC822.SIZE", 0)), received)

    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        """A mail that is gone has no body, which is not an empty mail (I11): it is left out."""
        by_uid = {key.uid: key for key in keys}
        uids = list(by_uid)
        for start in range(0, len(uids), BODIES_AT_ONCE):
            chunk = uids[start : start + BODIES_AT_ONCE]
            answers = self._asking(partial(_bodies, uids=chunk))
            for uid in chunk:
                body = answers.get(uid, {}).get(b"BODY[]")
                if isinstance(body, bytes) and body:
                    yield by_uid[uid], body

    def file_away(self, key: MailKey, state: MailState) -> None:
        failpoint.reached("file-away.before")

        def move(client: IMAPClient) -> None:
            if key.uidvalidity != self._validity:
                return
            folder = state.value.capitalize()
            self._ensure(client, folder)
            if client.has_capability("MOVE"):
                client.move([key.uid], folder)
            elif client.has_capability("UIDPLUS"):
                client.copy([key.uid], folder)
                client.delete_messages([key.uid], silent=True)
                client.uid_expunge([key.uid])

        self._asking(move, cosmetic=True)
        failpoint.reached("file-away.moved")

    def _ensure(self, client: IMAPClient, folder: str) -> None:
        if folder not in self._folders:
            if not client.folder_exists(folder):
                client.create_folder(folder)
                client.subscribe_folder(folder)
            self._folders.add(folder)

    def wait(self, seconds: float) -> None:
        """IDLE is only a bell over the poll; what it rings for is found by the next listing."""
        seconds = min(seconds, LONGEST_IDLE)
        if self._client is None or not self._client.has_capability("IDLE"):
            self._bell.wait(seconds)
            self._bell.clear()
            return

        def idle(client: IMAPClient) -> None:
            client.idle()
            left = seconds
            while left > 0 and not self._bell.is_set():
                if client.idle_check(timeout=min(left, 1.0)):
                    break
                left -= 1.0
            client.idle_done()

        self._asking(idle)
        self._bell.clear()

    def holds(self, message_id: str, folder: str) -> bool | None:
        """Whether a folder holds our message, by comparing headers here; None: cannot tell."""
        wanted = message_id.encode("ascii")

        def look(client: IMAPClient) -> bool | None:
            if not client.folder_exists(folder):
                return None
            client.select_folder(folder, readonly=True)
            uids = sorted(client.search(["UID", "1:*"]))[-500:]
            answers = client.fetch(uids, ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"])
            client.select_folder(self.folder)
            return any(wanted in b"".join(_bytes_of(a)) for a in answers.values())

        return self._asking(look)

    def ring(self) -> None:
        """End a `wait` of another thread."""
        self._bell.set()

    def close(self) -> None:
        client, self._client = self._client, None
        self._bell.set()
        if client is not None:
            try:
                client.logout()
            except (OSError, IMAPClientError):
                client.shutdown()

    def _asking(self, ask: Callable[[IMAPClient], T], *, cosmetic: bool = False) -> T:
        """Ask the server, on a connection that is there; trouble drops it and says what to do."""
        client = self._client or self._connected()
        try:
            return ask(client)
        except IMAPClientError as error:
            if cosmetic and not isinstance(error, (IMAPClient.AbortError,)):
                # Folders are for people's eyes only: a refusal changes nothing that matters.
                return None  # type: ignore[return-value]
            self._drop()
            raise trouble_of(self._settings, error) from error
        except OSError as error:
            self._drop()
            raise trouble_of(self._settings, error) from error

    def _connected(self) -> IMAPClient:
        """A new connection, but not before the server was left alone for long enough."""
        left = self._not_before - time.monotonic()
        if left > 0:
            raise MailboxTrouble(f"imap {self._settings.host}: next try in {left:.0f} s")
        try:
            client = connect(self._settings)
        except MailboxTrouble as trouble:
            self._backoff = self._backoff.failed()
            if isinstance(trouble, LoginRefused):
                self._backoff = replace(LOGIN_BACKOFF, failures=self._backoff.failures)
            self._not_before = time.monotonic() + self._backoff.seconds(self._chance)
            raise
        self._backoff, self._client = Backoff(), client
        if self._validity:
            client.select_folder(self.folder)
        return client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.shutdown()
            except (OSError, IMAPClientError):
                return


def _bodies(client: IMAPClient, uids: Sequence[int]) -> Any:
    return client.fetch(uids, ["BODY.PEEK[]"])


def _bytes_of(answer: dict[bytes, Any]) -> Iterator[bytes]:
    for value in answer.values():
        if isinstance(value, bytes):
            yield value
