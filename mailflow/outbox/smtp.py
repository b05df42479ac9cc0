"""SMTP that knows whether the final dot was sent, so that only a loss behind it leaves a doubt."""

from __future__ import annotations

import smtplib
import threading
import time
from collections.abc import Callable
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from mailflow.domain import failpoint
from mailflow.domain.certificate import Certificate
from mailflow.domain.message import Message
from mailflow.domain.pattern import pattern
from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.smtp_connect import SmtpSettings as SmtpSettings
from mailflow.outbox.smtp_connect import in_one_line
from mailflow.outbox.smtp_line import SmtpLine
from mailflow.ports import NotSent, PerhapsSent, Trouble

_ADDRESS = pattern(r"[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+")

Find = Callable[[str], bool | None]
"""Whether a Message-ID was seen, such as in our own folder of sent mails; None: cannot tell."""


class SmtpSender:
    """One message to one recipient a transaction, many transactions a connection.

    The envelope sender is the message's own, which is our address, so that bounces come back.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        find: Find | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = SmtpLine(settings, monotonic)
        self._words = settings.words
        self._at_work = threading.Lock()
        self._where = f"smtp {settings.host}:{settings.port}"
        self._find = find

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        with self._at_work:
            self._send(message, before_end)

    def _send(self, message: Message, before_end: Callable[[], None]) -> None:
        _check(message)
        self._offer(message)
        self._body(message)
        finished = False
        try:
            before_end()
            finished = True
        finally:
            if not finished:
                # The server waits in the middle of the data: hanging up makes it forget all.
                self._line.drop()
        failpoint.reached("smtp.before-dot")
        self._end(message)

    def evidence(self, message: Message) -> bool | None:
        """True where it was found. Not found proves nothing: a copy may only be late.

        A letter with several recipients is sent to each under one name: what is found of it may
        be another's copy, so it proves nothing. Dispatch lists bear a name for each recipient.
        """
        if self._find is None or not (message.goods or _has_one_recipient(message)):
            return None
        try:
            return True if self._find(message.message_id) else None
        except Trouble:
            return None

    @property
    def certificate(self) -> Certificate | None:
        """That of the server at the last connection; None before, or without TLS."""
        return self._line.certificate

    def probe(self) -> None:
        """Connect and log in, and send nothing. Raises `NotSent`."""
        self._line.ready()

    def close(self) -> None:
        """While another thread sends, nothing of a farewell may get into its message."""
        if self._at_work.acquire(blocking=False):
            self._line.close()
            self._at_work.release()
        else:
            self._line.hang_up()

    def _offer(self, message: Message) -> None:
        """MAIL, RCPT and DATA. A connection that died while it was idle is replaced, once."""
        while True:
            used = self._line.ready()
            try:
                return self._envelope(message)
            except OSError as error:
                self._line.drop()
                if not used:
                    raise self._lost(error) from error

    def _envelope(self, message: Message) -> None:
        largest = self._line.largest()
        if 0 < largest < len(message.mime):
            self._line.refused()
            raise NotSent(
                f"{self._where}: the message has {len(message.mime)} bytes, the server takes "
                f"{largest}: send it another way, or in parts",
                permanent=True,
            )
        size = f" SIZE={len(message.mime)}" if self._line.offers("size") else ""
        sender, recipient = f"MAIL FROM:<{message.sender}>{size}", f"RCPT TO:<{message.recipient}>"
        replies = self._line.ask_each(sender, recipient, "DATA")
        code, text = next(replies)
        if code != 250:
            raise self._sender_refused(code, text, message)
        code, text = next(replies)
        if code not in (250, 251):
            raise self._refusal(code, text, message)
        code, text = next(replies)
        if code != 354:
            raise self._refusal(code, text, message)

    def _body(self, message: Message) -> None:
        """Everything but the final dot; a line that begins with a dot gets a second one."""
        # All line ends are CRLF here, see `_check`.
        data = message.mime.replace(b"\r\n.", b"\r\n..")
        start, end = data.startswith(b"."), data.endswith(b"\r\n")
        try:
            self._line.push(b"." * start + data + b"\r\n" * (not end))
        except OSError as error:
            self._line.drop()
            raise self._lost(error) from error

    def _end(self, message: Message) -> None:
        try:
            code, text = self._line.finish()
        except OSError as error:
            self._line.drop()
            raise PerhapsSent(
                f"{self._where}: connection lost after the end of the message "
                f"({in_one_line(error)}): it may have been taken"
            ) from error
        if 200 <= code <= 299:
            return
        if not 400 <= code <= 599:
            self._line.drop()
            raise PerhapsSent(f"{self._where}: said {code} {text} to the end of the message")
        raise self._refusal(code, text, message)

    def _sender_refused(self, code: int, text: str, message: Message) -> NotSent:
        """A refusal of our own address is no fault of this message, unless of its size."""
        if code == 421:
            raise smtplib.SMTPServerDisconnected(f"{code} {text}")
        self._line.refused()
        if code == 552:
            return self._refusal(code, text, message)
        return CarrierDown(
            f"{self._where}: sender {message.sender} refused: {code} {text}: check "
            "transport.sender and the account",
            tried=True,
            pause=self._words.pause(text),
        )

    def _refusal(self, code: int, text: str, message: Message) -> NotSent:
        self._line.refused()
        said = f"{self._where}: {message.recipient}: {code} {text}"
        if code == 421:
            self._line.drop()
        if self._words.is_of_the_account(code, text):
            return CarrierDown(said, tried=True, pause=self._words.pause(text))
        return NotSent(said, permanent=self._words.is_permanent(code, text))

    def _lost(self, error: OSError) -> NotSent:
        said = in_one_line(error)
        text = f"{self._where}: connection lost before the end of the message ({said})"
        if isinstance(error, smtplib.SMTPServerDisconnected) and said.startswith("421"):
            return CarrierDown(text, tried=True, pause=self._words.pause(said))
        return NotSent(text)


def _has_one_recipient(message: Message) -> bool:
    headers = BytesHeaderParser().parsebytes(message.mime)
    named = getaddresses([*headers.get_all("To", ()), *headers.get_all("Cc", ())])
    return len(named) <= 1


def _check(message: Message) -> None:
    for address in (message.sender, message.recipient):
        if not _ADDRESS.fullmatch(address):
            raise NotSent(f"{address!r} is no address for mail: mend it", permanent=True)
    ends = {message.mime.count(end) for end in (b"\r\n", b"\r", b"\n")}
    if len(ends) != 1:
        # Some servers end a message at a bare line end and a dot, and read on as commands.
        raise NotSent("the message holds a bare line end: it was set wrongly", permanent=True)
    if not message.mime.isascii():
        raise NotSent("the message is not plain ASCII: it was set wrongly", permanent=True)
