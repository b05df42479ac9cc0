"""A connection to an SMTP server is encrypted and verified before a password goes over it."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mailflow.domain.certificate import Certificate
from mailflow.outbox.carrier import ANYBODY, Words
from mailflow.ports import Token

LOOPBACK = ("127.", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """`security`: `tls` from the first byte, `starttls`, or `none` (this machine itself only).

    `end_seconds` is for the reply to the final dot, which may take minutes (reliability S04). After
    `per_connection` messages a new connection is made: some providers refuse more (NetEase's MI:DMC).
    `words` tell how its replies are meant, `secret_from` where a person gets the password.
    """

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str | None = None
    connect_seconds: float = 30.0
    command_seconds: float = 60.0
    end_seconds: float = 600.0
    per_connection: int = 100
    words: Words = ANYBODY
    secret_from: str = ""
    token: Token | None = field(default=None, repr=False)
    """Where there is one, it is used in place of the password."""

    def __post_init__(self) -> None:
        if self.security not in ("tls", "starttls", "none"):
            raise ValueError(f"security {self.security!r}: write tls, starttls or none")
        if self.security == "none" and not self.host.startswith(LOOPBACK):
            raise ValueError(f"{self.host}: without TLS only on this machine itself: use smtps://")


def opened(settings: SmtpSettings) -> smtplib.SMTP:
    # The name is a placeholder: smtplib would ask the network for ours, which takes seconds.
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host,
            settings.port,
            local_hostname="localhost",
            timeout=settings.connect_seconds,
            context=ssl.create_default_context(cafile=settings.ca_file),
        )
    else:
        server = smtplib.SMTP(
            settings.host,
            settings.port,
            local_hostname="localhost",
            timeout=settings.connect_seconds,
        )
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("closed at once")
    # Small writes in turn with replies: without this each message waits for a timer.
    server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    own = str(server.sock.getsockname()[0])
    server.local_hostname = f"[IPv6:{own}]" if ":" in own else f"[{own}]"
    return server


def greet(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    if settings.security == "starttls":
        server.starttls(context=ssl.create_default_context(cafile=settings.ca_file))
    server.ehlo_or_helo_if_needed()
    set_timeout(server, settings.command_seconds)


def certificate_of(server: smtplib.SMTP, settings: SmtpSettings) -> Certificate | None:
    sock = server.sock
    ends = (sock.getpeercert() or {}).get("notAfter") if isinstance(sock, ssl.SSLSocket) else None
    if ends is None:
        return None
    instant = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC)
    return Certificate(f"{settings.host}:{settings.port}", instant)


def log_in(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    """By one method only: each further one would count as another wrong password."""
    if settings.token is not None:
        _log_in_by_token(server, settings.user, settings.token)
        return
    if not settings.password:
        return
    if not (settings.user + settings.password).isascii():
        raise smtplib.SMTPException("user and password must be plain ASCII: mend them")
    server.user, server.password = settings.user, settings.password
    offered = server.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        server.auth("PLAIN", server.auth_plain)
    elif "LOGIN" in offered:
        server.auth("LOGIN", server.auth_login)
    else:
        raise smtplib.SMTPNotSupportedError(f"offers no login that we know ({offered})")


def _log_in_by_token(server: smtplib.SMTP, user: str, token: Token) -> None:
    """One that is refused may have been revoked before its time: a new one is asked for, once."""
    if "XOAUTH2" not in server.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("offers no login by OAuth2 (XOAUTH2)")

    def said(used: str) -> Any:
        # To the reasons of a refusal nothing is to be said; then the refusal itself comes.
        first = f"user={user}\1auth=Bearer {used}\1\1"
        return lambda reasons=None: "" if reasons else first

    try:
        server.auth("XOAUTH2", said(token(False)))
    except smtplib.SMTPAuthenticationError:
        server.auth("XOAUTH2", said(token(True)))


def hint_of(settings: SmtpSettings) -> str:
    if settings.token is not None:
        return "SMTP AUTH has to be on for the mailbox, and the app may send by it (oauth2)"
    return settings.secret_from or "many providers want an authorisation code"


def set_timeout(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def explained(error: OSError) -> str:
    words = in_one_line(error)
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"its certificate is not trusted ({error.verify_message}): mend the certificate "
                "or set transport.ca_file to the authority that signed it"
            )
        case smtplib.SMTPNotSupportedError():
            return f"{words}: nothing is sent without it; ask the provider for the right port"
        case TimeoutError():
            return "no answer in time: it is tried again; is the network in order?"
        case _:
            return f"cannot be used now ({words}): it is tried again; check host and port"


def in_one_line(said: object) -> str:
    """A server's words fit for one line of a log, however long or strange they are."""
    if isinstance(said, smtplib.SMTPResponseException):
        text = said.smtp_error
        shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        said = f"{said.smtp_code} {shown}"
    words = "".join(sign if sign.isprintable() else " " for sign in str(said))
    return " ".join(words.split())[:300]
