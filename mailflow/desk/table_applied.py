"""A mailed table of products, staff or prices is in force: who hears of it (S9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mailflow.desk.release import name_of
from mailflow.domain.access import DECIDES, may_for
from mailflow.domain.access_table import TABLE, Action
from mailflow.domain.effect import Effect, Post
from mailflow.domain.facts import Facts, Sender
from mailflow.domain.mail import Trust
from mailflow.domain.master import MasterKind
from mailflow.domain.notice import Letter
from mailflow.domain.notice_register import RegisterChangedNotice, RegisterFile, marked_rows
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.register_change import RegisterProposal, RowChange

DECIDING = tuple(dict.fromkeys(Role(role) for a in DECIDES.values() for role in TABLE[a]))
HEAR_ALL: Mapping[str, tuple[Role, ...]] = {
    MasterKind.PRODUCTS: (
        *(Role.SALES_ADMIN, Role.REGIONAL_MANAGER, Role.MARKETING_GM, Role.MARKETING_ASSISTANT),
        Role.FINANCE,
    ),
    MasterKind.PRICES: (Role.MARKETING_GM, Role.FINANCE),
    MasterKind.STAFF: (Role.IT_ADMIN, *DECIDING),
}
"""Whose work it changes. That somebody may let goods go from now on is told to all who may."""
HEAR_THEIRS: Mapping[str, tuple[Role, ...]] = {
    MasterKind.PRICES: (Role.SALES_ADMIN, Role.REGIONAL_MANAGER)
}
"""What a distributor pays hears who orders for it, and nobody else in the field."""


def effects_of_new_table(
    proposal: RegisterProposal, changes: tuple[RowChange, ...], facts: Facts, language: str
) -> Iterator[Effect]:
    """Each hears of what concerns him, once; those who hear all of it get the whole table too, its
    changes marked. Whoever mailed it has his answer."""
    register = facts.register
    notice = RegisterChangedNotice(
        number=proposal.number,
        by=name_of(facts.sender.address or "", register),
        changes=changes,
        kind=proposal.kind,
    )
    told = {(facts.sender.address or "").casefold(), *_gone(proposal, register)}
    for person, hears_all in _hearers(proposal.kind, changes, register):
        mine = tuple(c for c in changes if hears_all or _concerns(c, person, register))
        if not mine or person.email.casefold() in told:
            continue
        told.add(person.email.casefold())
        spoken = person.language or language
        letter = Letter(
            notice=replace(notice, changes=mine),
            to=(person.email,),
            subject_id=notice.number,
            language=spoken,
        )
        if hears_all:
            marked = marked_rows(proposal.rows, changes, proposal.kind)
            file = RegisterFile(proposal.number, marked, spoken, proposal.kind)
            letter = replace(letter, enclosures=(file,))
        yield Post(letter)


def _gone(proposal: RegisterProposal, register: Register) -> frozenset[str]:
    """Whoever left the house hears no more of it."""
    if proposal.kind != MasterKind.STAFF:
        return frozenset()
    stay = {row.get("email", "").strip().casefold() for row in proposal.rows}
    return frozenset(p.email.casefold() for p in register.staff) - stay


def _hearers(
    kind: str, changes: Sequence[RowChange], register: Register
) -> Iterator[tuple[Person, bool]]:
    """Each with whether he hears of all of it; of the staff also whoever's own line it is."""
    for role in HEAR_ALL[kind]:
        for person in register.people(role):
            yield person, True
    for role in HEAR_THEIRS.get(kind, ()):
        for person in register.people(role):
            yield person, False
    if kind == MasterKind.STAFF:
        for change in changes:
            for person in register.person((change.after or {}).get("email", ""))[:1]:
                yield person, False


def _concerns(change: RowChange, person: Person, register: Register) -> bool:
    """Of prices: one for all, or for somebody he orders for. Of staff: his own line."""
    row = change.after or change.before or {}
    if "email" in row:
        return row["email"].casefold() == person.email.casefold()
    of, region = row.get("distributor", "").casefold(), row.get("region", "")
    if not of and not region:
        return True
    sender = Sender(person.email, Trust.A, (person,))
    named = (c for c in register.customers if c.code.casefold() == of or c.region == region)
    return any(may_for(sender, Action.ORDER, customer, register) for customer in named)
