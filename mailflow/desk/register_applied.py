"""A mailed register is in force: what follows for people and open orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mailflow.desk.release import name_of
from mailflow.desk.table_applied import effects_of_new_table
from mailflow.domain.effect import (
    Effect,
    Post,
)
from mailflow.domain.facts import Facts
from mailflow.domain.master import MasterKind
from mailflow.domain.notice import Letter
from mailflow.domain.notice_register import (
    Handover,
    RegisterChangedNotice,
    RegisterFile,
    marked_rows,
    shown_of,
)
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.register_change import (
    Done,
    RegisterProposal,
    RowChange,
)

READERS = (Role.MARKETING_ASSISTANT, Role.CUSTOMER_SERVICE)
"""Who works with the register beside the desk (S9)."""


def effects_of_applying(
    proposal: RegisterProposal,
    changes: tuple[RowChange, ...],
    around: tuple[Facts, Mapping[str, tuple[str, ...]]],
    language: str,
) -> Iterator[Effect]:
    """Those who work with it get the whole table, its changes marked; managers what is theirs."""
    if proposal.kind != MasterKind.CUSTOMERS:
        yield from effects_of_new_table(proposal, changes, around[0], language)
        return
    facts, open_orders = around
    register = facts.register
    # Who has which credit is nothing to those who are told.
    kind = proposal.kind
    changes = tuple(c for c in changes if c.done is not Done.CHANGED or shown_of(c, kind))
    notice = RegisterChangedNotice(
        number=proposal.number,
        by=name_of(facts.sender.address or "", register),
        changes=changes,
        handovers=tuple(_handovers(changes, open_orders, register)),
    )
    told: set[str] = {(facts.sender.address or "").casefold()}
    for person in _readers(changes, register):
        if person.email.casefold() in told:
            continue
        told.add(person.email.casefold())
        spoken = person.language or language
        letter = _changed(notice, person, spoken)
        file = RegisterFile(proposal.number, marked_rows(proposal.rows, changes), spoken)
        yield Post(replace(letter, enclosures=(file,)))
    for person in (*_managers(changes, register), *_admins(changes, register)):
        if person.email.casefold() in told:
            continue
        told.add(person.email.casefold())
        mine = tuple(c for c in changes if _is_theirs(c, person, register))
        codes = {c.code for c in mine}
        own = tuple(h for h in notice.handovers if h.code in codes)
        yield Post(
            _changed(
                replace(notice, changes=mine, handovers=own), person, person.language or language
            )
        )


def _changed(notice: RegisterChangedNotice, person: Person, language: str) -> Letter:
    return Letter(notice=notice, to=(person.email,), subject_id=notice.number, language=language)


def _readers(changes: Sequence[RowChange], register: Register) -> Iterator[Person]:
    regions = {row.get("region", "") for c in changes for row in (c.before, c.after) if row}
    for role in READERS:
        for person in register.people(role):
            if not person.regions or regions & set(person.regions):
                yield person


def _managers(changes: Sequence[RowChange], register: Register) -> Iterator[Person]:
    for address in dict.fromkeys(a for c in changes for a in _managed_by(c)):
        yield from register.managers(address)[:1]


def _admins(changes: Sequence[RowChange], register: Register) -> Iterator[Person]:
    """Of a distributor that moves to another region those of both."""
    for change in changes:
        if region := change.of("region"):
            yield from register.people(Role.SALES_ADMIN, region.before)
            yield from register.people(Role.SALES_ADMIN, region.after)


def _is_theirs(change: RowChange, person: Person, register: Register) -> bool:
    if person.email.casefold() in _managed_by(change):
        return True
    return any(p.email == person.email for p in _admins((change,), register))


def _managed_by(change: RowChange) -> tuple[str, ...]:
    rows = (row for row in (change.before, change.after) if row)
    return tuple(dict.fromkeys(row.get("regional_manager", "").casefold() for row in rows))


def _handovers(
    changes: Sequence[RowChange], open_orders: Mapping[str, tuple[str, ...]], register: Register
) -> Iterator[Handover]:
    for change in changes:
        row = change.after or {}
        manager, region = change.of("regional_manager"), change.of("region")
        if manager is None and region is None:
            continue
        before, after = (
            (manager.before, manager.after) if manager else (row["regional_manager"],) * 2
        )
        admins = [_admin(r, register) for r in (region.before, region.after)] if region else []
        admins = admins if len(set(admins)) > 1 else ["", ""]
        yield Handover(
            code=change.code,
            name=change.name,
            before=name_of(before, register),
            after=name_of(after, register),
            region=row.get("region", ""),
            orders=open_orders.get(change.code, ()),
            admin_before=admins[0],
            admin_after=admins[1],
        )


def _admin(region: str, register: Register) -> str:
    return "、".join(p.name for p in register.people(Role.SALES_ADMIN, region))
