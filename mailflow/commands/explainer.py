"""A file is read, judged and answered as the daemon would, and nothing is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from mailflow.commands.ahead import Opened
from mailflow.config import Config
from mailflow.desk.house import House
from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Order, Reading
from mailflow.domain.effect import Ask, letters_in
from mailflow.domain.facts import Balance, Facts, Sender
from mailflow.domain.mail import MailState, Trust, level_of
from mailflow.domain.naming import Lexicon
from mailflow.domain.notice import Letter
from mailflow.domain.register import Register, Role
from mailflow.domain.settlement import Settlement
from mailflow.domain.shortfall import Shortfalls
from mailflow.domain.workdays import Workdays, plain_year
from mailflow.judging import Dealt, settled
from mailflow.parsers.sandbox import (
    Pending,
    Sandbox,
)
from mailflow.ports import MailRow
from mailflow.proving import Keys, Proving, belief_of
from mailflow.rules.appraise import appraise
from mailflow.rules.decide import judge
from mailflow.store.balances import Used
from mailflow.store.kept_registers import register_of_mail

NO_TOKEN = "…"
Told = Callable[[MailRow, Reading, Facts, House, Config], Dealt | None]
"""What becomes of a mail that orders nothing, by the books (`explain_told.py`); the rooms that deal with
such mails are loaded for one alone."""
TELLS: Mapping[str, Role] = {
    **dict.fromkeys(("stock", "dispatch-list", "shipment"), Role.WAREHOUSE),
    **dict.fromkeys(("payments", "expenses"), Role.FINANCE),
    "waybills": Role.LOGISTICS,
}
"""Who sends which kind of report."""


@dataclass(slots=True)
class Explainer:
    """Judges with the registers as the files are now, or as a mail changed them since; what was judged
    before with those of then. It changes nothing."""

    config: Config
    sandbox: Sandbox
    register: Register
    house: House
    balances: Mapping[str, Balance]
    used: Used
    told: Told
    settlements: Sequence[Settlement] = ()
    keys: Keys | None = None
    shortfalls: Shortfalls = field(default_factory=dict)

    def explain(self, file: Opened) -> Explained:
        """Raises `ReadingFailed`, `ChildError`, `SandboxUnavailable`."""
        assert file.reading is not None
        digest = hashlib.sha256(file.raw).hexdigest()
        if file.is_mail and (then := self._register_then(digest)) is not None:
            house = replace(self.house, lexicon=Lexicon(then))
            explained = replace(self, register=then, house=house)._explained(file, digest)
            return replace(explained, judged_by=then.version)
        return self._explained(file, digest)

    def _register_then(self, digest: str) -> Register | None:
        """That by which this very mail was judged, where it is not in force any more."""
        then = register_of_mail(self.config.database_url, digest, self.config.zone)
        return then if then is not None and not _is_alike(then, self.register) else None

    def _explained(self, file: Opened, digest: str) -> Explained:
        assert file.reading is not None
        reading = self._read(file, file.reading)
        facts = self._facts(reading, is_mail=file.is_mail)
        as_sent = reading
        if not file.is_mail:
            as_sent = replace(reading, head=replace(reading.head, sender=facts.sender.address))
        row = MailRow(0, digest, facts.received, MailState.WAITING, "", 0)
        if not any(isinstance(d, Order) for d in reading.documents):
            known = self.told(row, as_sent, facts, self.house, self.config)
            if known is not None:
                return Explained(file, reading, facts, known, is_told=True)
        dealt = settled(row, as_sent, facts, self.house)
        if not dealt.decisions:
            dealt = replace(dealt, decisions=tuple(self._undecided(reading, facts)))
        return Explained(file, reading, facts, dealt)

    def _read(self, file: Opened, begun: Pending[Reading]) -> Reading:
        if self.keys is None or not file.is_mail:
            return begun.result()
        return Proving(begun, file.raw, self.sandbox, self.keys).result()

    def _undecided(self, reading: Reading, facts: Facts) -> Iterator[Decision]:
        """The documents of a mail that nobody answers, as they are understood all the same."""
        for document in reading.documents:
            decision = judge(document, facts, self.house.lexicon, self.house.weights)
            yield replace(decision, outcome=Outcome.REVIEW)

    def _facts(self, reading: Reading, *, is_mail: bool) -> Facts:
        # Earlier orders stay unknown: a mail that was dealt with is not a repeat of itself.
        facts = Facts(
            register=self.register,
            sender=Sender(None, Trust.C),
            received=self._received(reading),
            zone=self.config.zone,
            balances=self.balances,
            shortfalls=self.shortfalls,
            cut_off=self.config.cut_off,
        )
        facts = replace(facts, spent=self.used.get(facts.month, {}))
        if not is_mail:
            return replace(facts, sender=self._owner(reading, facts))
        address = reading.head.sender or ""
        people, customers = self.register.person(address), self.register.customers_of(address)
        if not (people or customers):
            return replace(facts, sender=Sender(reading.head.sender, Trust.C))
        trust = level_of(reading.head, belief_of(self.config), facts.received)
        return replace(
            facts,
            sender=Sender(reading.head.sender, trust, people, customers),
            settlements=tuple(s for s in self.settlements if s.sender == address),
        )

    def _received(self, reading: Reading) -> datetime:
        """The mail's Date header; for a bare workbook its order date; never the wall clock."""
        if reading.head.date is not None:
            return reading.head.date
        for document in reading.documents:
            if isinstance(document, Order) and document.order_date and document.order_date.day:
                noon = datetime.combine(document.order_date.day, time(12), self.config.zone)
                return noon.astimezone(UTC)
        return datetime(2000, 1, 1, tzinfo=UTC)

    def _owner(self, reading: Reading, facts: Facts) -> Sender:
        """A bare workbook is taken as sent by whoever tells such a thing or may order for its
        distributor, and by a sales admin where nobody can tell which one that is."""
        teller = next((TELLS[k] for d in reading.documents if (k := d.kind) in TELLS), None)
        if teller and (tellers := self.register.people(teller)[:1]):
            return Sender(tellers[0].email, Trust.A, tellers)
        admins = self.register.people(Role.SALES_ADMIN)[:1]
        asked = replace(facts, sender=Sender(None, Trust.A, admins))
        orders = (d for d in reading.documents if isinstance(d, Order))
        appraised = [appraise(order, asked, self.house.lexicon) for order in orders]
        customers = tuple(dict.fromkeys(c for a in appraised for c in a.customer_candidates))
        managers = tuple(p for c in customers for p in self.register.person(c.regional_manager))
        people = tuple(dict.fromkeys(managers)) or admins
        return Sender(people[0].email if people else None, Trust.A, people, customers)


def _is_alike(one: Register, other: Register) -> bool:
    """Whether both say the same of everybody; the numbers of their versions say nothing here."""
    return replace(one, version="") == replace(other, version="")


@dataclass(frozen=True, slots=True)
class Explained:
    """A file with all that it was taken for."""

    file: Opened
    reading: Reading
    facts: Facts
    dealt: Dealt
    is_told: bool = False
    """It orders nothing and is dealt with all the same: a report, an answer, a question."""
    judged_by: str = ""
    """The version of the registers of then, where it was judged before and others hold now."""

    @property
    def letters(self) -> tuple[Letter, ...]:
        """All that would go out; what asks somebody shows a sign in place of the token."""
        return tuple(self._letters())

    def _letters(self) -> Iterator[Letter]:
        workdays = Workdays(plain_year, self.facts.zone)
        for effect in self.dealt.effects:
            if isinstance(effect, Ask):
                asked = effect.question.put(NO_TOKEN, self.facts.received, workdays)
                yield replace(effect.letter, question=asked)
            else:
                yield from letters_in(effect)
