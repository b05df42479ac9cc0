"""A connection to an IMAP server is verified before a secret goes over it, and no step lasts for ever."""

from __future__ import annotations

import imaplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from mailflow.domain.certificate import Certificate
from mailflow.ports import Token

LOST = (OSError, imaplib.IMAP4.abort)
"""What a library raises when the connection is gone, closed by the server or silent too long."""

WRONG = (*LOST, IMAPClientError, ValueError)
"""The same, and whatever an answer that cannot be understood raises."""

CHUNK = 1 << 16
LOOPBACK = ("127.", "localhost", "::1")


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
    most_bytes: int | None = None
    """Of a body are kept, whatever size was told before (reliability D11); None: all of it."""

    def __post_init__(self) -> None:
        if not self.tls and not self.host.startswith(LOOPBACK):
            raise ValueError(f"{self.host}: without TLS only on this machine itself: use imaps://")
        for what in (self.user, self.password, self.folder):
            if any(sign in what for sign in "\r\n\0"):
                raise ValueError("user, password and folder may hold no line ends: mend them")


def log_in_by_token(client: IMAPClient, user: str, token: Token) -> None:
    """One that is refused may have been revoked before its time: a new one is asked for, once."""
    try:
        client.oauth2_login(user, token(False))
    except LoginError as refusal:
        renewed = token(True)
        if isinstance(refusal.__context__, imaplib.IMAP4.abort):
            raise
        client.oauth2_login(user, renewed)


def connected(settings: ImapSettings) -> IMAPClient:
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
    if settings.most_bytes is not None:
        client._imap.read = Literals(client._imap, settings.most_bytes)
    client.normalise_times = False
    sock = client.socket()
    # Commands are sent in pieces: without this each waits for a timer of the other side.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, option):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)
    return client


class Literals:
    """Reads what a server sends by its length: of one that is longer than `most` bytes, the beginning.

    To ask for the beginning only would be plainer, but servers were seen that send other bytes then.
    """

    def __init__(self, connection: imaplib.IMAP4, most: int) -> None:
        self._connection = connection
        self._most = most
        self._beginning: bytes | None = None

    def __call__(self, size: int) -> bytes:
        kept = cast(bytes, self._connection.file.read(min(size, self._most)))
        left = size - len(kept)
        if left > 0:
            self._beginning = kept
        # The server's next word comes behind all of it.
        while left > 0 and (thrown := len(self._connection.file.read(min(left, CHUNK)))):
            left -= thrown
        return kept

    def beginning(self) -> bytes | None:
        """Of one that was too long since this was asked last."""
        last, self._beginning = self._beginning, None
        return last


def beginning_of_body(client: IMAPClient) -> bytes | None:
    """What was kept of a body that the library refuses, as it is not as long as was announced."""
    read = client._imap.read
    return read.beginning() if isinstance(read, Literals) else None


def certificate_of(client: IMAPClient, settings: ImapSettings) -> Certificate | None:
    ends = (client.socket().getpeercert() or {}).get("notAfter") if settings.tls else None
    if ends is None:
        return None
    instant = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC)
    return Certificate(f"{settings.host}:{settings.port}", instant)


def shut(client: IMAPClient) -> None:
    with suppress(*WRONG):
        client.shutdown()


def explained(settings: ImapSettings, error: Exception) -> str:
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
