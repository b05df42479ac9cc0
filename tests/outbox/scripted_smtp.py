"""An SMTP server that does as it is told: accepts, refuses or hangs up at any phase."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

HANG_UP = "hang up"
SILENCE = "silence"
GOOD = {
    "CONNECT": "220 sink ready",
    "EHLO": "250-sink\r\n250-SIZE 1000000\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
    "STARTTLS": "220 go ahead",
    "AUTH": "235 welcome",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "DOT": "250 taken",
    "RSET": "250 ok",
    "NOOP": "250 ok",
    "QUIT": "221 bye",
}


@dataclass(frozen=True)
class Taken:
    sender: str
    recipient: str
    mime: bytes


@dataclass
class Script:
    """`replies` by phase: what is said at each pass of it, the good reply once they are used up.

    `HANG_UP` closes the connection instead, `SILENCE` says nothing until the client gives up.
    `taken` holds what the server has answered for with its 250, or kept in spite of hanging up.
    """

    replies: dict[str, list[str]] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    unheard: bytes = b""
    """What came while it was silent."""
    cut_off: bytes = b""
    """What there was of the last message whose end never came."""
    keeps_at_hang_up: bool = True
    flights: bool = False
    """Whether it offers to take several commands at once (RFC 2920)."""
    goes_on_in_spite: bool = False
    """Whether it asks for the text of a message that it has refused, as some do in a flight."""
    tls: ssl.SSLContext | None = None
    port: int = 0

    def say(self, phase: str) -> str:
        waiting = self.replies.get(phase, [])
        said = waiting.pop(0) if waiting else GOOD[phase]
        if phase == "EHLO" and self.flights:
            said = f"250-sink\r\n250-PIPELINING\r\n{said}"
        return said

    def count(self, verb: str) -> int:
        return sum(c.upper().startswith(verb) for c in self.commands)


class _HungUp(Exception):
    pass


class _Session:
    def __init__(self, script: Script, connection: socket.socket) -> None:
        self.script = script
        self.connection = connection
        self.lines: BinaryIO = connection.makefile("rb")
        self.sender = self.recipient = ""
        self.is_refused = False

    def serve(self) -> None:
        self.answer("CONNECT")
        while line := self.lines.readline():
            command = line.decode("ascii").rstrip("\r\n")
            self.script.commands.append(command)
            verb = command.partition(" ")[0].upper()
            if verb == "MAIL":
                self.sender = command.partition("<")[2].partition(">")[0]
            if verb == "RCPT":
                self.recipient = command.partition("<")[2].partition(">")[0]
            if verb == "DATA" and self.is_refused and not self.script.goes_on_in_spite:
                self.connection.sendall(b"503 nobody to give it to\r\n")
                continue
            said = self.answer(verb)
            if verb in ("MAIL", "RCPT"):
                self.is_refused = not said.startswith("25")
            if verb == "DATA" and said.startswith("354"):
                self.take()
            if verb == "STARTTLS" and said.startswith("220") and self.script.tls:
                self.connection = self.script.tls.wrap_socket(self.connection, server_side=True)
                self.lines = self.connection.makefile("rb")
            if verb == "QUIT":
                return

    def take(self) -> None:
        if self.script.replies.get("BODY", [])[:1] == [HANG_UP]:
            self.script.replies["BODY"].pop(0)
            self.lines.readline()
            raise _HungUp
        lines = []
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                self.script.cut_off = b"".join(lines)
                raise _HungUp
            lines.append(line[1:] if line.startswith(b".") else line)
        taken = Taken(self.sender, self.recipient, b"".join(lines))
        reply = (self.script.replies.get("DOT") or [GOOD["DOT"]])[0]
        if reply.startswith("250") or (
            reply in (HANG_UP, SILENCE) and self.script.keeps_at_hang_up
        ):
            self.script.taken.append(taken)
        self.answer("DOT")

    def answer(self, phase: str) -> str:
        said = self.script.say(phase) if phase in GOOD else "502 unknown"
        if said == HANG_UP:
            raise _HungUp
        if said == SILENCE:
            self.script.unheard = self.lines.read()
            raise _HungUp
        self.connection.sendall(said.encode() + b"\r\n")
        return said


@contextmanager
def smtp_server(script: Script, *, implicit_tls: bool = False) -> Iterator[Script]:
    listener = socket.create_server(("127.0.0.1", 0))
    script.port = listener.getsockname()[1]
    open_sockets: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def one(connection: socket.socket) -> None:
        script.open_now += 1
        try:
            if implicit_tls and script.tls:
                connection = script.tls.wrap_socket(connection, server_side=True)
            session = _Session(script, connection)
            with session.lines:
                session.serve()
            session.connection.close()
        except (OSError, _HungUp):
            pass
        finally:
            script.open_now -= 1
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            script.connections += 1
            open_sockets.append(connection)
            thread = threading.Thread(target=one, args=(connection,))
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield script
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        _close_all(open_sockets)
        for thread in [acceptor, *threads]:
            thread.join(5)


def _close_all(sockets: Sequence[socket.socket]) -> None:
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            one.close()
