"""A session with an IMAP server: verified TLS, time-outs everywhere, ID where it is offered."""

from __future__ import annotations

import random
import socket
import ssl
from dataclasses import dataclass

import imapclient
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from mailflow.ports import LoginRefused, MailboxTrouble

CONNECT_SECONDS, READ_SECONDS = 15.0, 60.0


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`tls` is off for loopback only."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    tls: bool = True
    ca_file: str | None = None


def connect(settings: ImapSettings) -> IMAPClient:
    """Connected and logged in. Raises `MailboxTrouble`, `LoginRefused`."""
    context = ssl.create_default_context(cafile=settings.ca_file) if settings.tls else None
    try:
        client = IMAPClient(
            settings.host,
            port=settings.port,
            use_uid=True,
            ssl=settings.tls,
            ssl_context=context,
            timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
        )
    except (OSError, IMAPClientError) as error:
        raise trouble_of(settings, error) from error
    # imapclient formats every body for a debug log that nobody reads.
    client._imap.debug = 0
    try:
        client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        client.login(settings.user, settings.password)
        if client.has_capability("ID"):
            # 163 and 126 refuse to open a folder to a client that does not say its name.
            client.id_({"name": "mailflow", "version": imapclient.__version__})
    except LoginError as error:
        client.shutdown()
        raise LoginRefused(
            f"imap {settings.host}: login of {settings.user} refused ({_words(error)}): check the "
            "user and the authorisation code; it is tried again later, rarely, so that the "
            "account is not locked"
        ) from error
    except (OSError, IMAPClientError) as error:
        client.shutdown()
        raise trouble_of(settings, error) from error
    return client


def trouble_of(settings: ImapSettings, error: Exception) -> MailboxTrouble:
    where = f"imap {settings.host}:{settings.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailboxTrouble(
            f"{where}: its certificate is not trusted ({error.verify_message}): mend it, or set "
            "mailbox.ca_file to your own authority's"
        )
    return MailboxTrouble(
        f"{where}: {_words(error) or type(error).__name__}: it is tried again; if it lasts, "
        "see `mailflow doctor`"
    )


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to leave a server alone: longer after each failure, never for ever.

    Refused logins wait minutes instead of seconds, for some providers lock the account (I20).
    """

    first: float = 1.0
    longest: float = 300.0
    failures: int = 0

    def failed(self) -> Backoff:
        return Backoff(self.first, self.longest, self.failures + 1)

    def seconds(self, chance: random.Random) -> float:
        """0 before any failure; with jitter, so that many clients do not come back at once."""
        if self.failures == 0:
            return 0.0
        full = min(self.longest, self.first * 2.0 ** min(self.failures - 1, 30))
        return full * (0.5 + chance.random() / 2)


LOGIN_BACKOFF = Backoff(first=300.0, longest=3600.0)
