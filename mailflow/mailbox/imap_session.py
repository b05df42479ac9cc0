"""A session with an IMAP server: one connection, verified TLS, time-outs on every step."""

from __future__ import annotations

import imaplib
import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from mailflow.domain.backoff import Backoff, after_refused_login, after_trouble
from mailflow.domain.certificate import Certificate
from mailflow.mailbox.imap_connect import (
    LOST as LOST,
)
from mailflow.mailbox.imap_connect import (
    WRONG,
    certificate_of,
    connected,
    explained,
    log_in_by_token,
    plain_text,
    shut,
)
from mailflow.mailbox.imap_connect import (
    ImapSettings as ImapSettings,
)
from mailflow.mailbox.imap_connect import (
    plain_words as plain_words,
)
from mailflow.ports import LoginRefused, MailboxTrouble, TokenRefused, TokenTrouble

CODE = "many providers want an authorisation code, and IMAP switched on"
_TRY_LATER = ("[unavailable]", "[inuse]", "[limit]", "too many", "try again", "temporar")


class ImapSession:
    """At most one connection, made when needed, dropped on any doubt and made anew.

    `validity` is the folder's UIDVALIDITY. A server that gives none promises nothing beyond the
    session (reliability I02): each session then gets a negative number of its own, so that all
    is listed anew and only the contents tell what is known.
    """

    def __init__(self, settings: ImapSettings, monotonic: Callable[[], float]) -> None:
        self.settings = settings
        self.validity = 0
        self.exists = 0
        self.capabilities: frozenset[str] = frozenset()
        self.told: tuple[str, ...] = ()
        """What the server said of itself: greeting, capabilities, reply to ID."""
        self.certificate: Certificate | None = None
        self.folders: set[str] = set()
        self.prefix: str | None = None
        """Folders that are known to exist and what personal ones begin with, once asked."""
        self._client: IMAPClient | None = None
        self._monotonic = monotonic
        self._trouble, self._logins = after_trouble(), after_refused_login()
        self._last = ""

    @property
    def connected(self) -> bool:
        return self._client is not None

    @contextmanager
    def talk(self) -> Iterator[IMAPClient]:
        """A client that is logged in with the folder selected; trouble of any kind ends it."""
        client = self._client or self._open()
        try:
            yield client
        except WRONG as error:
            raise self._failed(error) from error
        self._trouble = self._trouble.rested()

    def renew(self) -> None:
        """Select the folder again: fresh numbers, and proof that the connection lives.

        A connection that died while idle is replaced at once, for that is no trouble yet.
        """
        if self._client is not None:
            try:
                self._select(self._client)
            except WRONG:
                self.drop()
        with self.talk():
            pass

    def drop(self) -> None:
        """Close without a word; the server may be gone."""
        client, self._client = self._client, None
        self.folders.clear()
        self.prefix = None
        if client is not None:
            shut(client)

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.socket().settimeout(2.0)
                client.logout()
            except WRONG:
                shut(client)

    def _open(self) -> IMAPClient:
        now = self._monotonic()
        if left := max(self._trouble.left(now), self._logins.left(now)):
            kind = LoginRefused if self._logins.left(now) else MailboxTrouble
            raise kind(f"{self._last} (next try in {left:.0f} s)")
        try:
            client = connected(self.settings)
            self.certificate = certificate_of(client, self.settings)
        except WRONG as error:
            raise self._failed(error) from error
        try:
            self._log_in(client)
            self._select(client)
        except TokenRefused as trouble:
            shut(client)
            self._logins, self._last = self._next(self._logins), str(trouble)
            raise LoginRefused(self._last) from trouble
        except TokenTrouble as trouble:
            shut(client)
            self._trouble, self._last = self._next(self._trouble), str(trouble)
            raise MailboxTrouble(self._last) from trouble
        except LoginError as error:
            shut(client)
            raise self._refused(error) from error
        except WRONG as error:
            shut(client)
            raise self._failed(error) from error
        self._client = client
        self._logins = self._logins.rested()
        return client

    def _log_in(self, client: IMAPClient) -> None:
        settings = self.settings
        if settings.token is not None:
            log_in_by_token(client, settings.user, settings.token)
        elif (settings.user + settings.password).isascii():
            client.login(settings.user, settings.password)
        else:
            client.plain_login(settings.user, settings.password)
        capabilities = (bytes(c).decode("ascii", "replace") for c in client.capabilities())
        self.capabilities = frozenset(capabilities)
        reply: object = ""
        if "ID" in self.capabilities:
            # 163 and 126 open no folder to a client that does not say its name; where ID is not
            # offered, an unknown command would make QQ close the connection.
            reply = client.id_({"name": "mailflow"})
        self.told = (plain_text(client.welcome), *sorted(self.capabilities), plain_text(reply))

    def _select(self, client: IMAPClient) -> None:
        status = client.select_folder(self.settings.folder)
        told = int(status.get(b"UIDVALIDITY", 0))
        if told:
            self.validity = told
        elif client is not self._client or self.validity >= 0:
            self.validity = -1 - secrets.randbelow(2**62)
        self.exists = int(status.get(b"EXISTS", 0))

    def _failed(self, error: Exception) -> MailboxTrouble:
        self.drop()
        self._trouble = self._next(self._trouble)
        self._last = explained(self.settings, error)
        return MailboxTrouble(self._last)

    def _refused(self, error: LoginError) -> MailboxTrouble:
        words = plain_words(error)
        lost = isinstance(error.__context__, imaplib.IMAP4.abort)
        if lost or any(sign in words.casefold() for sign in _TRY_LATER):
            return self._failed(error)
        self._logins = self._next(self._logins)
        hint = "" if self._logins.failures < 3 else "; a person must act: it was refused repeatedly"
        self._last = (
            f"imap {self.settings.host}: login of {self.settings.user} refused ({words}): check "
            f"{self._to_check()}; "
            f"it is tried rarely, so that the account is not locked{hint}"
        )
        return LoginRefused(self._last)

    def _to_check(self) -> str:
        if self.settings.token is not None:
            return "user, that IMAP is on for the mailbox and that the app may open it (oauth2)"
        return f"user and password ({self.settings.secret_from or CODE})"

    def _next(self, backoff: Backoff) -> Backoff:
        return backoff.failed(self._monotonic(), random.random())
