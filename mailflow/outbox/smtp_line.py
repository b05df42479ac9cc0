"""One connection to an SMTP server: verified TLS, a time-out on each phase, reused while it lives."""

from __future__ import annotations

import random
import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress

from mailflow.domain import failpoint
from mailflow.domain.backoff import Backoff, after_refused_login, after_trouble
from mailflow.domain.certificate import Certificate
from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.smtp_connect import (
    SmtpSettings,
    certificate_of,
    explained,
    greet,
    hint_of,
    in_one_line,
    log_in,
    opened,
    set_timeout,
)
from mailflow.ports import TokenRefused, TokenTrouble

IDLE_SECONDS = 20.0
"""After so long the connection may have died unseen and is asked first."""

GO_ON = 354
"""The reply to DATA: what is sent next is the message."""

PIECE = 64 * 1024
"""Bytes sent at once: the time-out is for one piece, so a slow line may take its time."""


class SmtpLine:
    """Everything raised while talking is an OSError: smtplib's own exceptions are, too."""

    def __init__(self, settings: SmtpSettings, monotonic: Callable[[], float]) -> None:
        self.settings = settings
        self._monotonic = monotonic
        self.certificate: Certificate | None = None
        self._server: smtplib.SMTP | None = None
        self._begun = 0
        self._used_at = 0.0
        self._must_reset = False
        self._unread = 0  # replies to commands of a flight that nobody wanted to know any more
        self._trouble, self._logins = after_trouble(), after_refused_login()
        self._last = ""

    def ready(self) -> bool:
        """Connected, with nothing half done. True where the connection was used before.

        Raises `CarrierDown`, without asking the server while it is to be left alone.
        """
        if self._begun >= self.settings.per_connection:
            self.close()
        idle = self._monotonic() - self._used_at
        if self._server is not None and (self._must_reset or idle > IDLE_SECONDS):
            self._reset(self._server)
        used = self._server is not None
        if self._server is None:
            self._server = self._connected()
            self._begun, self._must_reset, self._unread = 0, False, 0
        self._begun += 1
        self._used_at = self._monotonic()
        return used

    def ask_each(self, *commands: str) -> Iterator[tuple[int, str]]:
        """The reply to each, in turn. A server that offers it is sent all of them at once, which
        saves a way there and back for each but one (RFC 2920); any other the next one when its
        reply is wanted."""
        server = self._there()
        at_once = self.offers("pipelining")
        if at_once:
            server.send("".join(f"{command}\r\n" for command in commands))
            self._unread = len(commands)
        for command in commands:
            if not at_once:
                server.putcmd(command)
            reply = _reply(server)
            self._unread -= at_once
            yield reply

    def push(self, data: bytes) -> None:
        """Bytes of a message, as they are."""
        server = self._there()
        for start in range(0, len(data), PIECE):
            server.send(data[start : start + PIECE])

    def finish(self) -> tuple[int, str]:
        """Send the final dot and wait for what it is worth."""
        server = self._there()
        set_timeout(server, self.settings.end_seconds)
        server.send(b".\r\n")
        failpoint.reached("smtp.dot-sent")
        reply = _reply(server)
        failpoint.reached("smtp.replied")
        set_timeout(server, self.settings.command_seconds)
        self._used_at = self._monotonic()
        return reply

    def largest(self) -> int:
        """The largest message in bytes that the server takes; 0 where it does not say."""
        stated = self._there().esmtp_features.get("size", "")
        return int(stated) if stated.isdecimal() else 0

    def offers(self, feature: str) -> bool:
        return self._there().has_extn(feature)

    def refused(self) -> None:
        """A transaction ended half way: it is reset before the next one."""
        self._must_reset = True

    def drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def hang_up(self) -> None:
        """From another thread than the one that talks, which then finds the line broken."""
        server = self._server
        if server is not None and server.sock is not None:
            with suppress(OSError):
                server.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Errors of the farewell are nobody's concern: what was accepted is accepted (S03)."""
        server, self._server, self._begun = self._server, None, 0
        if server is not None:
            with suppress(OSError):
                set_timeout(server, 2.0)
                if self._caught_up(server):
                    server.quit()
            server.close()

    def _there(self) -> smtplib.SMTP:
        if self._server is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._server

    def _reset(self, server: smtplib.SMTP) -> None:
        try:
            alive = self._caught_up(server) and server.rset()[0] == 250
        except OSError:
            alive = False
        self._must_reset = False
        if not alive:
            self.drop()

    def _caught_up(self, server: smtplib.SMTP) -> bool:
        """Read what is still to come of a flight. False where the server took its end for the
        begin of a message, though it had refused what stood before: it is to be hung up on."""
        while self._unread:
            self._unread -= 1
            if _reply(server)[0] == GO_ON:
                return False
        return True

    def _connected(self) -> smtplib.SMTP:
        now = self._monotonic()
        if left := max(self._trouble.left(now), self._logins.left(now)):
            raise CarrierDown(f"{self._last} (next try in {left:.0f} s)")
        try:
            server = opened(self.settings)
        except OSError as error:
            raise self._failed(error) from error
        try:
            greet(server, self.settings)
            self.certificate = certificate_of(server, self.settings)
            log_in(server, self.settings)
        except TokenTrouble as trouble:
            server.close()
            raise self._without_token(trouble) from trouble
        except smtplib.SMTPAuthenticationError as error:
            server.close()
            if error.smtp_code < 500:
                raise self._failed(error) from error
            raise self._login_refused(error) from error
        except OSError as error:
            server.close()
            raise self._failed(error) from error
        self._trouble, self._logins = self._trouble.rested(), self._logins.rested()
        return server

    def _failed(self, error: OSError) -> CarrierDown:
        self._trouble = self._next(self._trouble)
        self._last = f"smtp {self.settings.host}:{self.settings.port}: {explained(error)}"
        return CarrierDown(self._last)

    def _login_refused(self, error: smtplib.SMTPAuthenticationError) -> CarrierDown:
        self._logins = self._next(self._logins)
        self._last = (
            f"smtp {self.settings.host}: login of {self.settings.user} refused "
            f"({in_one_line(error)}): check user and password ({hint_of(self.settings)}); it is "
            "tried rarely, so that the account is not locked"
        )
        return CarrierDown(self._last)

    def _without_token(self, trouble: TokenTrouble) -> CarrierDown:
        if isinstance(trouble, TokenRefused):
            self._logins = self._next(self._logins)
        else:
            self._trouble = self._next(self._trouble)
        self._last = str(trouble)
        return CarrierDown(self._last)

    def _next(self, backoff: Backoff) -> Backoff:
        return backoff.failed(self._monotonic(), random.random())


def _reply(server: smtplib.SMTP) -> tuple[int, str]:
    code, text = server.getreply()
    return code, in_one_line(text.decode("utf-8", "replace"))
