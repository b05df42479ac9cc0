"""A returned order as it would be after a word of its sender, kept until he says one."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.answer import Word
from mailflow.domain.document import Order, WrittenShipTo
from mailflow.domain.finding import Finding
from mailflow.domain.value import dataclass

SHIP_TO = "ship-to-mismatch"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`order` with everything taken as proposed, `changes` the findings whose proposals that are;
    `mail_text` what its sender wrote beside the order, which is judged with it.

    `words` are those that he may say. `stated` is the ship-to of his sheet, where that is not the
    registered one.
    """

    order: Order
    changes: tuple[Finding, ...]
    mail_text: str = ""
    words: tuple[Word, ...] = (Word.ACCEPT,)
    stated: WrittenShipTo | None = None

    def after(self, word: Word) -> tuple[Order, tuple[Finding, ...]]:
        """The order as it is meant by this word, and what was changed in it."""
        if word is not Word.NEW_ADDRESS or self.stated is None:
            return self.order, self.changes
        kept = tuple(f for f in self.changes if f.code != SHIP_TO)
        return replace(self.order, ship_to=self.stated), kept
