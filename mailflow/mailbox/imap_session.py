"""A session with an IMAP server: one connection, verified TLS, time-outs on every step."""

from __future__ import annotations

import imaplib
import random
import secrets
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from mailflow.domain.backoff import Backoff, after_refused_login, after_trouble
from mailflow.ports import LoginRefused, MailboxTrouble, Token, TokenRefused, TokenTrouble

LOST = (OSError, imaplib.IMAP4.abort)
"""What a library raises when the connection is gone, closed by the server or silent too long."""

WRONG = (*LOST, IMAPClientError, ValueError)
"""The same, and whatever an answer that cannot be understood raises."""

LOOPBACK = ("127.", "localhost", "::1")
CODE = "many providers want an authorisation code, and IMAP switched on"
_TRY_LATER = ("[unavailable]", "[inuse]", "[limit]", "too many", "try again", "temporar")


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`tls` may be off for this machine itself only; `ca_file` is the authority to trust.

    `idles`: whether IDLE is to be used where it is offered; `folders_below`: the one folder, if there
    is one, in which a program may make folders; `secret_from`: where a person gets the password.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True
    ca_file: str | None = None
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    idles: bool = True
    folders_below: str = ""
    secret_from: str = ""
    token: Token | None = field(default=None, repr=False)
    """Where there is one, it is used in place of the password."""

    def __post_init__(self) -> None:
        if not self.tls and not self.host.startswith(LOOPBACK):
            raise ValueError(f"{self.host}: without TLS only on this machine itself: use imaps://")
        for what in (self.user, self.password, self.folder):
            if any(sign in what for sign in "\r\n\0"):
                raise ValueError("user, password and folder may hold no line ends: mend them")


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
            _shut(client)

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.socket().settimeout(2.0)
                client.logout()
            except WRONG:
                _shut(client)

    def _open(self) -> IMAPClient:
        now = self._monotonic()
        if left := max(self._trouble.left(now), self._logins.left(now)):
            kind = LoginRefused if self._logins.left(now) else MailboxTrouble
            raise kind(f"{self._last} (next try in {left:.0f} s)")
        try:
            client = _connected(self.settings)
        except WRONG as error:
            raise self._failed(error) from error
        try:
            self._log_in(client)
            self._select(client)
        except TokenRefused as trouble:
            _shut(client)
            self._logins, self._last = self._next(self._logins), str(trouble)
            raise LoginRefused(self._last) from trouble
        except TokenTrouble as trouble:
            _shut(client)
            self._trouble, self._last = self._next(self._trouble), str(trouble)
            raise MailboxTrouble(self._last) from trouble
        except LoginError as error:
            _shut(client)
            raise self._refused(error) from error
        except WRONG as error:
            _shut(client)
            raise self._failed(error) from error
        self._client = client
        self._logins = self._logins.rested()
        return client

    def _log_in(self, client: IMAPClient) -> None:
        settings = self.settings
        if settings.token is not None:
            _log_in_by_token(client, settings.user, settings.token)
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
        self._last = _explained(self.settings, error)
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


def _log_in_by_token(client: IMAPClient, user: str, token: Token) -> None:
    """One that is refused may have been revoked before its time: a new one is asked for, once."""
    try:
        client.oauth2_login(user, token(False))
    except LoginError as refusal:
        renewed = token(True)
        if isinstance(refusal.__context__, imaplib.IMAP4.abort):
            raise
        client.oauth2_login(user, renewed)


def _connected(settings: ImapSettings) -> IMAPClient:
    context = ssl.create_default_context(cafile=settings.ca_file) if settings.tls else None
    client = IMAPClient(
        settings.host,
        port=settings.port,
        ssl=settings.tls,
        ssl_context=context,
        timeout=SocketTimeout(settings.connect_seconds, settings.read_seconds),
    )
    # imapclient has imaplib format every body for a log nobody reads: four times the work.
    client._imap.debug = 0
    client.normalise_times = False
    sock = client.socket()
    # Commands are sent in pieces: without this each waits for a timer of the other side.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, option):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)
    return client


def _shut(client: IMAPClient) -> None:
    with suppress(*WRONG):
        client.shutdown()


def _explained(settings: ImapSettings, error: Exception) -> str:
    where = f"imap {settings.host}:{settings.port}"
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"{where}: its certificate is not trusted ({error.verify_message}): mend the "
                "certificate or set mailbox.ca_file to the authority that signed it"
            )
        case TimeoutError():
            return f"{where}: no answer in time: it is tried again; is the network in order?"
        case OSError():
            words = plain_words(error)
            return f"{where}: cannot be reached ({words}): it is tried again; check host and port"
        case imaplib.IMAP4.abort():
            return (
                f"{where}: the server ended the session ({plain_words(error)}): it is tried again"
            )
        case _:
            return (
                f"{where}: answered {plain_words(error)!r}: it is tried again; if it lasts, check "
                f"that the folder {settings.folder} exists and may be read"
            )


def plain_words(error: Exception) -> str:
    """A server's words fit for one line of a log, however long or strange they are."""
    text = str(error).removeprefix("b'").removesuffix("'")
    return plain_text(text) or type(error).__name__


def plain_text(said: object) -> str:
    words = "".join(sign if sign.isprintable() else " " for sign in str(said))
    return " ".join(words.split())[:200]
