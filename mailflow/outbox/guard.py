"""Nobody is written to who may not have all of a letter; our own mailbox never is.

Every letter passes here before it is queued (`performing.py`), and the database looks once more at
the row (`store/audiences.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.audience import Audience, Content
from mailflow.domain.barred import Barred, Stopped, barred
from mailflow.domain.message import Message
from mailflow.domain.notice import Letter
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass
from mailflow.outbox.audiences import contents_of

_ADDRESS = pattern(r"[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+")


@dataclass(frozen=True, slots=True)
class Guard:
    """`own` is refused even where the register holds it, for we would answer ourselves (reliability
    L03). `redirect_to` takes all letters of a rehearsal, but no consumers' data: who may have a
    letter is judged by whom it is meant for."""

    own: str
    redirect_to: str | None = None

    def passed(
        self, letter: Letter, register: Register
    ) -> tuple[Letter | None, tuple[Stopped, ...]]:
        """The letter to those alone who may have all of it, and who else stood on it.

        Whoever may not is taken out of the headers too, so that nobody answers him with it. None
        where nobody is left.
        """
        contents = tuple(contents_of(letter))
        stopped = tuple(self._stopped(letter, contents, register))
        if not stopped:
            return letter, ()
        out = {each.recipient for each in stopped}
        to = tuple(address for address in letter.to if address not in out)
        cc = tuple(address for address in letter.cc if address not in out)
        if not to:
            to, cc = cc, ()
        return (replace(letter, to=to, cc=cc) if to else None), stopped

    def admits(self, message: Message, letter: Letter) -> bool:
        """Whether a message goes to one of those its letter may go to."""
        known = (self.redirect_to,) if self.redirect_to else (*letter.to, *letter.cc)
        return not _same(message.recipient, self.own) and any(
            _same(message.recipient, each) for each in known
        )

    def _stopped(
        self, letter: Letter, contents: Sequence[Content], register: Register
    ) -> Iterator[Stopped]:
        for address in dict.fromkeys((*letter.to, *letter.cc)):
            if why := self._barred(address, contents, register):
                yield Stopped(
                    notice=letter.notice.code,
                    subject_id=letter.subject_id,
                    revision=letter.revision,
                    recipient=address,
                    why=why,
                    mail_id=letter.mail_id,
                )

    def _barred(
        self, address: str, contents: Sequence[Content], register: Register
    ) -> Barred | None:
        """An address that stands only in a mail's header is never enough."""
        if not _ADDRESS.fullmatch(address):
            return Barred.UNKNOWN
        if _same(address, self.own):
            return Barred.OURSELVES
        if self.redirect_to and any(c.audience is Audience.PERSONAL for c in contents):
            return Barred.PERSONAL
        whys = (barred(address, content, register) for content in contents)
        return next((why for why in whys if why), None)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
