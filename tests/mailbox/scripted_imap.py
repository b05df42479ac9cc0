"""An IMAP server with whims: what real ones were seen to do, on purpose and at once."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

DATE = b"10-Nov-2026 12:00:00 +0800"
SILENCE = "silence"
KNOWN = ("LOGIN", "NOOP", "CREATE", "SUBSCRIBE", "STORE", "EXPUNGE", "MOVE")


@dataclass
class Whims:
    """`replies` by command word: said instead of the usual answer, one a pass; nothing more is
    said after `SILENCE`.

    `uids` maps what the folder shows to bodies; None is a mail that is gone when it is fetched.
    """

    capabilities: str = "IMAP4rev1 UIDPLUS MOVE IDLE"
    uidvalidity: int | None = 7
    wants_id: bool = False
    unknown_ends_it: bool = False
    mails: dict[int, bytes | None] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    """Mails the server will not give; asked for among others, it gives none of them."""

    bare: set[int] = field(default_factory=set)
    """Mails for which the server answers, and says nothing of a body."""

    breaks_at: set[int] = field(default_factory=set)
    """Mails at which the server hangs up, among others or alone."""

    sent: dict[int, bytes] | None = None
    """What lies in a folder named `Sent`, by number; None where there is none."""

    replies: dict[str, list[str]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    """What it says of mails whose size it does not know."""

    told_with_idle: bytes = b""
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    sockets: list[socket.socket] = field(default_factory=list)

    def hang_up(self) -> None:
        """On everybody, as after a time without a word."""
        while self.sockets:
            with suppress(OSError):
                self.sockets.pop().shutdown(socket.SHUT_RDWR)

    def count(self, pattern: str) -> int:
        return sum(bool(re.match(pattern, command)) for command in self.commands)


class _Ended(Exception):
    pass


class _Session:
    def __init__(self, whims: Whims, connection: socket.socket) -> None:
        self.whims = whims
        self.connection = connection
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.lines = connection.makefile("rb")
        self.named = False
        self.in_sent = False

    @property
    def mails(self) -> Mapping[int, bytes | None]:
        return (self.whims.sent or {}) if self.in_sent else self.whims.mails

    def say(self, *lines: bytes) -> None:
        self.connection.sendall(b"".join(line + b"\r\n" for line in lines))

    def serve(self) -> None:
        self.say(b"* OK ready")
        while line := self.lines.readline():
            tag, _, command = line.decode("latin-1").rstrip("\r\n").partition(" ")
            self.whims.commands.append(command)
            self.obey(tag.encode(), command)

    def obey(self, tag: bytes, command: str) -> None:
        words = command.split(" ")
        verb = words[1] if words[0] == "UID" else words[0]
        waiting = self.whims.replies.get(verb, [])
        if waiting:
            self.instead(tag, waiting.pop(0))
            return
        handler = getattr(self, f"on_{verb.lower()}", None)
        if handler is not None:
            handler(command)
        elif verb not in KNOWN:
            self.say(b"* BYE unknown command" if self.whims.unknown_ends_it else tag + b" BAD")
            return
        if verb == "COPY":
            self.say(tag + b" OK [COPYUID 1 1 1] copied")
            return
        self.say(tag + b" OK done")
        if verb == "LOGOUT":
            raise _Ended

    def instead(self, tag: bytes, reply: str) -> None:
        said, silent, _ = reply.partition(SILENCE)
        if said:
            self.say(said.replace("TAG", tag.decode()).encode("latin-1"))
        if silent:
            self.lines.read()
            raise _Ended
        if reply.startswith("* BYE"):
            raise _Ended

    def on_capability(self, _: str) -> None:
        self.say(b"* CAPABILITY " + self.whims.capabilities.encode())

    def on_logout(self, _: str) -> None:
        self.say(b"* BYE see you")

    def on_id(self, _: str) -> None:
        if "ID" not in self.whims.capabilities.split() and self.whims.unknown_ends_it:
            self.say(b"* BYE unknown command")
            raise _Ended
        self.named = True
        self.say(b'* ID ("name" "whims")')

    def on_examine(self, _: str) -> None:
        self.in_sent = True
        self.opened()

    def on_select(self, _: str) -> None:
        self.in_sent = False
        self.opened()

    def opened(self) -> None:
        if self.whims.wants_id and not self.named:
            self.say(b"* BYE unsafe login")
            raise _Ended
        self.say(b"* %d EXISTS" % len(self.mails), b"* 0 RECENT")
        if self.whims.uidvalidity is not None:
            self.say(b"* OK [UIDVALIDITY %d] stable" % self.whims.uidvalidity)

    def on_search(self, command: str) -> None:
        uids = sorted(self.mails)
        if window := re.fullmatch(r"UID SEARCH (\d+):(\d+)", command):
            uids = uids[int(window[1]) - 1 : int(window[2])]
        self.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids))

    def on_fetch(self, command: str) -> None:
        asked = [int(uid) for uid in command.split(" ")[2].split(",")]
        known = [uid for uid in asked if uid in self.mails]
        if "HEADER.FIELDS" in command:
            for uid in known:
                head = (self.mails[uid] or b"").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                field = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
                self.say(b"* 1 FETCH (UID %d %s {%d}" % (uid, field, len(head)), head + b")")
            return
        if "SIZE" in command:
            for uid in known:
                size = self.whims.sizes.get(uid, len(self.whims.mails[uid] or b"gone"))
                self.say(b'* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE "%s")' % (uid, size, DATE))
            return
        if "[HEADER]" in command:
            for uid in known:
                head = (self.mails[uid] or b"").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                self.say(b"* 1 FETCH (UID %d BODY[HEADER] {%d}" % (uid, len(head)), head + b")")
            return
        for uid in [] if self.whims.refused & set(asked) else known:
            body = self.whims.mails[uid]
            if uid in self.whims.breaks_at:
                raise _Ended
            if uid in self.whims.bare:
                self.say(b"* 1 FETCH (UID %d FLAGS ())" % uid)
            elif body is None:
                self.say(b"* 1 FETCH (UID %d BODY[] NIL)" % uid)
            else:
                self.say(b"* 1 FETCH (UID %d BODY[] {%d}" % (uid, len(body)), body + b")")

    def on_list(self, command: str) -> None:
        """No folder but the inbox exists, and perhaps one of sent mails."""
        if "Sent" in command and self.whims.sent is not None:
            self.say(b'* LIST () "/" "Sent"')

    def on_copy(self, _: str) -> None:
        """Copied."""

    def on_idle(self, _: str) -> None:
        self.say(b"+ idling" + self.whims.told_with_idle)
        self.lines.readline()


class _Refusing(_Session):
    def obey(self, tag: bytes, command: str) -> None:
        asked = re.match(r"UID FETCH ([\d,]+) \(BODY", command)
        if asked and self.whims.refused & {int(uid) for uid in asked[1].split(",")}:
            self.say(tag + b" NO [SERVERBUG] cannot read it")
            return
        super().obey(tag, command)


@contextmanager
def imap_server(whims: Whims) -> Iterator[Whims]:
    listener = socket.create_server(("127.0.0.1", 0))
    whims.port = listener.getsockname()[1]
    open_sockets: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def one(connection: socket.socket) -> None:
        try:
            session = _Refusing(whims, connection)
            with session.lines:
                session.serve()
        except (OSError, _Ended):
            pass
        finally:
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            whims.connections += 1
            open_sockets.append(connection)
            whims.sockets.append(connection)
            thread = threading.Thread(target=one, args=(connection,))
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield whims
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in open_sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                connection.close()
        for thread in [acceptor, *threads]:
            thread.join(5)
