"""The product's own path from the bytes of a mail to its decisions, in this process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from accuracy.moment import RECEIVED
from accuracy.world import World
from mailflow.desk.house import House
from mailflow.domain.attached import Refused
from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Reading
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.finding import Finding, Severity
from mailflow.domain.mail import MailState, Trust
from mailflow.domain.naming import KnownNames, Lexicon
from mailflow.domain.register import Register
from mailflow.domain.workdays import Workdays, plain_year
from mailflow.judging import settled
from mailflow.parsers.body_tables import grids_of_words
from mailflow.parsers.grid import Grid
from mailflow.parsers.mime import read_mime
from mailflow.parsers.reader import read_mail
from mailflow.ports import MailRow


def words_of(raw: bytes) -> list[Grid]:
    """The words of a mail at the addresses a marked copy has them: what a sender looks at who wrote
    his order into them."""
    mail = read_mime(raw)
    return grids_of_words(mail.bodies, mail.head.subject)


ZONE = ZoneInfo("Asia/Shanghai")
Alter = Callable[[Reading], Reading]
Content = tuple[str, tuple[tuple[str, int, str], ...]]


@dataclass(frozen=True)
class Said:
    """A finding that asks somebody, or that the mail carries as a whole."""

    code: str
    place: str
    found: str


@dataclass(frozen=True)
class Judged:
    """One document: what was decided, of what content, and why."""

    outcome: Outcome
    content: Content
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Seen:
    """What became of a mail. `trouble` is an end that the sandbox would have caught."""

    state: MailState | None
    documents: tuple[Judged, ...] = ()
    said: tuple[Said, ...] = ()
    refused: tuple[Refused, ...] = ()
    trouble: str = ""


def _or_trouble(see: Callable[[], Seen]) -> Seen:
    try:
        return see()
    except Exception as error:  # noqa: BLE001  # a death of the child is a verdict too
        return Seen(None, trouble=f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class Desk:
    """A register, ready to judge by."""

    register: Register
    known: KnownNames
    house: House

    def see(self, raw: bytes, alter: Alter | None = None) -> Seen:
        """`alter` changes what was read before it is judged: to show that it would be noticed."""

        def read_and_judged() -> Seen:
            reading = read_mail(raw, self.known)
            return self._judged(alter(reading) if alter else reading, raw)

        return _or_trouble(read_and_judged)

    def judge(self, reading: Reading, raw: bytes) -> Seen:
        """What is done with what was read."""
        return _or_trouble(lambda: self._judged(reading, raw))

    def _judged(self, reading: Reading, raw: bytes) -> Seen:
        facts = self.facts(reading)
        row = MailRow(1, hashlib.sha256(raw).hexdigest(), facts.received, MailState.WAITING, "", 0)
        dealt = settled(row, reading, facts, self.house)
        documents = tuple(judged(d) for d in dealt.decisions)
        return Seen(dealt.state, documents, asking(dealt.findings), reading.refused)

    def facts(self, reading: Reading) -> Facts:
        """As `mailflow explain` takes them: received when the mail says it was written."""
        address = reading.head.sender or ""
        people, customers = self.register.person(address), self.register.customers_of(address)
        sender = Sender(address, Trust.A if people or customers else Trust.C, people, customers)
        return Facts(self.register, sender, reading.head.date or RECEIVED, ZONE)


@cache
def desk_of(world: World) -> Desk:
    """Worlds are few, and each is its own key."""
    return desk_for(world.register)


def desk_for(register: Register) -> Desk:
    house = House(Lexicon(register), {}, "zh", ZONE, Workdays(plain_year, ZONE))
    return Desk(register, KnownNames.of(register), house)


def judged(decision: Decision) -> Judged:
    appraisal = decision.appraisal
    content: Content = ("", ())
    if appraisal is not None:
        lines = [
            (
                i.product.sku if i.product else "?",
                i.tins or 0,
                i.funding.value if i.funding else "?",
            )
            for i in appraisal.items
        ]
        content = (appraisal.customer.code if appraisal.customer else "?", tuple(sorted(lines)))
    return Judged(decision.outcome, content, asking(decision.findings))


def asking(findings: tuple[Finding, ...]) -> tuple[Said, ...]:
    return tuple(
        Said(f.code, f.place, f.found) for f in findings if f.severity is not Severity.INFO
    )
