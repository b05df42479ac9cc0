"""SMTP that knows whether the final dot was sent; one persistent connection, verified TLS."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from mailflow.domain import failpoint
from mailflow.domain.message import Message
from mailflow.ports import NotSent, PerhapsSent

CONNECT_SECONDS = 30.0
PHASE_SECONDS = 60.0
END_OF_DATA_SECONDS = 600.0
"""As long as Postfix waits: a reply to the final dot may take minutes (reliability S04)."""

MOST_PER_CONNECTION = 100
_RATE = re.compile(
    r"too frequent|frequency limited|rate limit|too many|try again later|DT:SPM|HL:IFC|HL:ICC|MI:",
    re.IGNORECASE,
)
Find = Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """`security`: `tls` from the first byte, `starttls`, or `none` (loopback only)."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    ca_file: str | None = None


class SmtpSender:
    """Sends one message to one recipient a transaction. `find` looks for evidence, if any can."""

    def __init__(self, settings: SmtpSettings, find: Find | None = None) -> None:
        self._settings = settings
        self._find = find
        self._server: smtplib.SMTP | None = None
        self._sent = 0

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        server = self._connected()
        try:
            self._envelope(server, message)
            self._body(server, message)
        except smtplib.SMTPResponseException as refusal:
            raise self._refused(refusal, message) from refusal
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotSent(self._text(f"connection lost before the end: {error}")) from error
        before_end()
        self._end(server)
        self._sent += 1

    def evidence(self, message: Message) -> bool | None:
        return self._find(message.message_id) if self._find else None

    def close(self) -> None:
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
            self._server = None

    def _connected(self) -> smtplib.SMTP:
        if self._sent >= MOST_PER_CONNECTION:
            self.close()
        if self._server is not None and not self._is_alive(self._server):
            self._drop()
        if self._server is None:
            try:
                self._server = self._connect()
            except smtplib.SMTPAuthenticationError as error:
                raise NotSent(
                    self._text(f"login refused ({error.smtp_code}): check user and password")
                ) from error
            except ssl.SSLError as error:
                raise NotSent(
                    self._text(f"certificate refused: {error.reason}: mend it or set ca_file")
                ) from error
            except (OSError, smtplib.SMTPException) as error:
                raise NotSent(self._text(f"cannot be reached: {error}")) from error
            self._sent = 0
        return self._server

    def _is_alive(self, server: smtplib.SMTP) -> bool:
        try:
            return server.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context(cafile=settings.ca_file)
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=CONNECT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=CONNECT_SECONDS)
        try:
            if settings.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if settings.password:
                server.login(settings.user, settings.password)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        assert server.sock is not None
        # Small writes in turn with replies: without this each message waits for a timer.
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.sock.settimeout(PHASE_SECONDS)
        return server

    def _envelope(self, server: smtplib.SMTP, message: Message) -> None:
        largest = server.esmtp_features.get("size", "")
        if largest.isdigit() and 0 < int(largest) < len(message.mime):
            raise NotSent(
                f"{message.recipient}: {len(message.mime)} bytes are more than the server takes "
                f"({largest}): send it another way",
                permanent=True,
            )
        options = [f"size={len(message.mime)}"] if server.has_extn("size") else []
        _expect(server.mail(message.sender, options), 250)
        _expect(server.rcpt(message.recipient), 250, 251)
        server.putcmd("data")
        _expect(server.getreply(), 354)

    def _body(self, server: smtplib.SMTP, message: Message) -> None:
        """Everything but the final dot; lines that begin with a dot get a second one."""
        body = re.sub(rb"(?m)^\.", b"..", message.mime)
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        server.send(body)
        failpoint.reached("smtp.before-dot")

    def _end(self, server: smtplib.SMTP) -> None:
        try:
            assert server.sock is not None
            server.sock.settimeout(END_OF_DATA_SECONDS)
            server.send(b".\r\n")
            failpoint.reached("smtp.dot-sent")
            code, text = server.getreply()
            failpoint.reached("smtp.replied")
            server.sock.settimeout(PHASE_SECONDS)
        except (OSError, smtplib.SMTPException, AssertionError) as error:
            self._drop()
            raise PerhapsSent(self._text(f"connection lost after the end: {error}")) from error
        if code != 250:
            refusal = smtplib.SMTPResponseException(code, text)
            raise self._refusal(refusal, "message")

    def _refused(self, refusal: smtplib.SMTPResponseException, message: Message) -> NotSent:
        if refusal.smtp_code in (421, -1):
            self._drop()
        return self._refusal(refusal, message.recipient)

    def _refusal(self, refusal: smtplib.SMTPResponseException, what: str) -> NotSent:
        """5xx is for good, but not where its words speak of a rate (reliability S07)."""
        text = refusal.smtp_error
        shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        permanent = 500 <= refusal.smtp_code < 600 and not _RATE.search(shown)
        return NotSent(self._text(f"{what}: {refusal.smtp_code} {shown}"), permanent=permanent)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _text(self, what: str) -> str:
        return f"smtp {self._settings.host}:{self._settings.port}: {' '.join(what.split())}"


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    code, text = reply
    if code not in codes:
        raise smtplib.SMTPResponseException(code, text)
