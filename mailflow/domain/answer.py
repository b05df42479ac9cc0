"""An answer is what a person wrote back: one word that counts, or words that do not."""

from __future__ import annotations

import re
from enum import StrEnum

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

TOKEN_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Capitals and figures that nobody takes for one another and every mail program leaves alone."""
TOKEN_LENGTH = 26
"""Of 32 signs: 130 bits."""
OLDER_LENGTH = 20
"""Of tokens in letters that went out before they had more."""
TOKEN_SHAPE = (
    rf"[{TOKEN_SIGNS}]{{{OLDER_LENGTH}}}(?:[{TOKEN_SIGNS}]{{{TOKEN_LENGTH - OLDER_LENGTH}}})?"
)
TOKEN = pattern(rf"#({TOKEN_SHAPE})(?![0-9A-Za-z])", re.IGNORECASE)


_SHIPS = pattern("[发發][货貨]")


class Word(StrEnum):
    """What can be said in one word."""

    AGREE = "agree"
    REFUSE = "refuse"
    ACCEPT = "accept"
    """All proposals are taken as they stand."""
    CANCEL = "cancel"
    LOOSE = "loose"
    """Loose tins are wanted as ordered; the reason stands behind the word."""
    SEND = "send"
    """An announcement goes out as it was shown."""
    NEW_ADDRESS = "new-address"
    """The ship-to on his sheet is a new one, and meant."""
    DONE = "done"
    """What a step of a request asks for is done; what he says of it stands behind the word."""


TAKING = (Word.ACCEPT, Word.LOOSE, Word.NEW_ADDRESS)
"""What the sender of a returned order may say of it, so that it goes on without being sent again."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in a mail, and whereby it may be filed.

    `word` is None where the first own line is not exactly one word that counts; `first` is that
    line. `besides` are further own lines that are neither a signature nor a program's.
    """

    word: Word | None = None
    first: str = ""
    reason: str = ""
    """What stands behind a word that takes a reason."""
    besides: tuple[str, ...] = ()
    subject_tokens: tuple[str, ...] = ()
    body_tokens: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """Numbers of orders in the subject."""

    @property
    def ships(self) -> bool:
        """The word says that goods go (`同意发货`): no yes to anything that keeps them here."""
        return _SHIPS.search(self.first) is not None

    @property
    def tokens(self) -> tuple[str, ...]:
        """Those of the subject; of the body where the subject lost its own."""
        return self.subject_tokens or self.body_tokens


def tokens_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.upper() for found in TOKEN.findall(text)))


def without_tokens(text: str) -> str:
    """A subject as it may stand in lists and digests: only who was asked sees a token."""
    return TOKEN.sub("", text).replace(" ]", "]")


SAID_NOTHING = Said()
