"""Who is asked, who is told: people found by role and region."""

from __future__ import annotations

from collections.abc import Iterable

from mailflow.domain.access import ROLE_OF
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.value import dataclass


class NobodyToTell(Exception):
    """The staff register names nobody for a role that is needed: add a line and import it."""


@dataclass(frozen=True, slots=True)
class Desk:
    register: Register

    def asked(self, asked: Asked, region: str | None, of: str = "") -> Person | None:
        """The person a finding lies with; None for the sender himself and for nobody.

        `of` is who wants something: another of the same part agrees to it where there is one
        (reliability P11), and he himself where he is the only one.
        """
        role = ROLE_OF.get(asked)
        people = self.register.people(role, region) if role else ()
        others = [p for p in people if p.email.casefold() != of.casefold()]
        return next(iter((*others, *people)), None)

    def warehouse(self, region: str | None) -> tuple[Person, ...]:
        """Raises `NobodyToTell`: without a warehouse no order can be accepted."""
        people = self.register.people(Role.WAREHOUSE, region)
        if not people:
            where = f" for region {region}" if region else ""
            raise NobodyToTell(
                f"staff register: no {Role.WAREHOUSE}{where}: add one and import the register"
            )
        return people

    def region_of(self, sender: Sender) -> str:
        """The one region a sender stands for, else an empty text: every admin's matter."""
        regions = {r for p in sender.people for r in p.regions}
        regions |= {c.region for c in sender.customers}
        return regions.pop() if len(regions) == 1 else ""


def addresses(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.email for p in people))


def language_of(sender: Sender, default: str) -> str:
    return next((p.language for p in sender.people if p.language), default)
