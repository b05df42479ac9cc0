"""The world outside: an SMTP server that keeps what it takes, and refuses or hangs up when told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.live.machine import HOST, free_port

Phase = Literal["rcpt", "data", "dot-lost", "dot-kept"]
"""Where the connection breaks: instead of the reply to RCPT, to DATA, or to the final dot; there
the mail is either lost with it or kept, which the sender cannot tell apart."""


@dataclass(frozen=True)
class Taken:
    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass
class Sink:
    """`refuse` has the whole reply for a recipient, such as `550 5.1.1 no such user`."""

    host: str = HOST
    port: int = field(default_factory=free_port)
    size: int = 1_000_000
    user: str = "orders"
    password: str = "secret"
    taken: list[Taken] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    drop_at: Phase | None = None
    drops: int = 1
    """How often it hangs up there before it behaves again."""

    seconds_to_reply: float = 0
    """How long the reply to the final dot takes; the mail is kept before."""

    def reset(self) -> None:
        """Forget what was taken and told."""
        self.taken.clear()
        self.refuse.clear()
        self.drop_at, self.drops, self.seconds_to_reply = None, 1, 0

    def hangs_up(self, phase: Phase) -> bool:
        if self.drop_at != phase or self.drops <= 0:
            return False
        self.drops -= 1
        return True


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_RCPT(
        self, server: _Server, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sink.hangs_up("rcpt"):
            server.hang_up()
        if reply := self.sink.refuse.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: _Server, _: Session, envelope: Envelope) -> str:
        lost, kept = self.sink.hangs_up("dot-lost"), self.sink.hangs_up("dot-kept")
        if not lost:
            raw = envelope.original_content or b""
            recipients = tuple(envelope.rcpt_tos)
            self.sink.taken.append(Taken(envelope.mail_from or "", recipients, raw))
        if lost or kept:
            server.hang_up()
        await asyncio.sleep(self.sink.seconds_to_reply)
        return "250 2.0.0 taken"


class _Server(SMTP):
    def __init__(self, sink: Sink, **options: Any) -> None:
        super().__init__(_Handler(sink), **options)
        self.sink = sink

    async def smtp_DATA(self, arg: str) -> None:
        if self.sink.hangs_up("data"):
            self.hang_up()
            return
        await super().smtp_DATA(arg)

    def hang_up(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()


class _Controller(Controller):
    def __init__(self, sink: Sink, implicit: ssl.SSLContext | None, **options: Any) -> None:
        super().__init__(None, hostname=sink.host, port=sink.port, ssl_context=implicit, **options)
        self.sink = sink

    def factory(self) -> SMTP:
        return _Server(self.sink, **self.SMTP_kwargs)


@contextmanager
def running_sink(
    *,
    size: int = 1_000_000,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    login: bool = False,
) -> Iterator[Sink]:
    """With `tls` it offers STARTTLS, or speaks it from the first byte; with `login` it wants one."""
    sink = Sink(size=size)

    def known(_s: SMTP, _e: Session, _n: Envelope, _m: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            sink.user.encode(),
            sink.password.encode(),
        )
        return AuthResult(success=right, handled=False)

    options: dict[str, Any] = {"data_size_limit": size, "enable_SMTPUTF8": False, "ident": "sink"}
    if tls is not None and not implicit:
        options["tls_context"] = tls
    if login:
        options |= {"authenticator": known, "auth_required": True}
        options["auth_require_tls"] = tls is not None and not implicit
    controller = _Controller(sink, tls if implicit else None, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
