"""The doors to mailboxes, to the spool, to whoever prints letters and whoever carries them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from mailflow.domain.mail import MailKey, MailState
from mailflow.domain.message import Message
from mailflow.domain.notice import Enclosure, Letter
from mailflow.domain.value import dataclass

Clock = Callable[[], datetime]
"""Now, aware, UTC. Only the roof owns one; everything below is given the time."""


Mint = Callable[[], str]
"""A token that nobody can guess (domain/answer.py); only the roof makes them."""


Token = Callable[[bool], str]
"""An access token for a login by OAuth2, renewed in time; True: the one of before was refused. Raises
`TokenRefused`, `TokenTrouble`."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail the mailbox shows: where it lies, how large it says it is, when it was received."""

    key: MailKey
    size: int
    received: datetime


class Mailbox(Protocol):
    """One folder of one account. Nothing it does depends on `\\Seen` or on its own moves.

    `listing` skips the uids in `known` before it asks for sizes. `fetch` yields raw bytes in the
    order asked; a mail that is gone meanwhile is left out. `heads` yields the beginning of each, its
    header at least where that is of a usual length, and little more. `file_away` is cosmetic and never
    raises for a mail that is gone. `wait` returns at the latest after `seconds`, sooner when the
    mailbox has a bell and it rang.
    """

    account: str
    folder: str

    def uidvalidity(self) -> int: ...
    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]: ...
    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]: ...
    def heads(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]: ...
    def file_away(self, keys: Sequence[MailKey], state: MailState) -> None: ...
    def outcomes(self) -> Iterator[Mailbox]:
        """The folders into which mails were filed away, each as a mailbox of its own, to be closed."""
        ...

    def wait(self, seconds: float) -> None: ...
    def ring(self) -> None:
        """End a `wait`; safe to call from a signal handler."""
        ...

    def close(self) -> None: ...


class Spool(Protocol):
    """Raw mails by the SHA-256 of their bytes, written once and never changed."""

    folder: Path

    def put(self, raw: bytes) -> str:
        """Its bytes are durable when it returns, and can be found again for sure after `settle`."""
        ...

    def settle(self) -> None:
        """To be called before anything is committed that speaks of what was put."""
        ...

    def get(self, sha256: str) -> bytes: ...
    def forget(self, sha256: str, note: bytes) -> None:
        """The bytes are gone for good and `note` says what they were; safe to repeat. When the same
        mail comes again it is not kept."""
        ...

    def has_room(self, size: int) -> bool: ...


class Preparing(Protocol):
    """An enclosure that is being made elsewhere. `result` waits for it and may be asked again."""

    def result(self) -> bytes:
        """Empty where the letter goes without it; raises where it must not."""
        ...


class Typesetter(Protocol):
    """Turns letters into messages; one message a recipient, the same bytes for all of them.

    `prepare` begins to make an enclosure, which may take seconds and never happens in a
    transaction; `typeset` is given what was prepared and is quick.
    """

    def prepare(self, enclosure: Enclosure, raw: bytes) -> Preparing: ...
    def typeset(
        self, letter: Letter, prepared: Mapping[Enclosure, bytes], now: datetime
    ) -> Sequence[Message]: ...


class Sender(Protocol):
    """Takes a message to the other side. `send` returns when it was accepted.

    `before_end` is called when everything but the final dot has been taken: what it commits is
    what tells a crash before the dot from one after it.
    Raises `NotSent`, `PerhapsSent`.
    """

    def send(self, message: Message, before_end: Callable[[], None]) -> None: ...
    def evidence(self, message: Message) -> bool | None:
        """Whether the message has arrived; None where this carrier cannot tell."""
        ...

    def close(self) -> None: ...
