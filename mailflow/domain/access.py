"""Who may do what, and for whom: one table, asked by every room and compared nowhere else.

What a person may do is the sum of his lines in the staff register and of the distributors whose own
address his is. That a mail is a person's and proven is another question (`rules/personal.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from mailflow.domain.access_table import DISTRIBUTOR, TABLE, Action, Scope
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Trust
from mailflow.domain.register import Customer, Person, Register, Role, regions_of

DECIDES: Mapping[Asked, Action] = MappingProxyType(
    {
        Asked.SALES_ADMIN: Action.DECIDE,
        Asked.FINANCE: Action.RELEASE_CREDIT,
        Asked.MARKETING_GM: Action.RELEASE_EXPENSE,
    }
)
"""What a yes to an order that waits on somebody is."""
ROLE_OF: Mapping[Asked, Role] = MappingProxyType(
    {
        Asked.SALES_ADMIN: Role.SALES_ADMIN,
        Asked.FINANCE: Role.FINANCE,
        Asked.MARKETING_GM: Role.MARKETING_GM,
    }
)
"""Whom a finding lies with."""


def may(sender: Sender, action: Action) -> bool:
    """Whether he may do it at all; for whom, `may_for` tells."""
    is_distributor = bool(sender.customers) and DISTRIBUTOR in TABLE[action]
    return is_distributor or any(granted(sender.people, action))


def customers_open(
    sender: Sender, actions: Iterable[Action], register: Register
) -> tuple[Customer, ...]:
    """The distributors for whom he may do one of these."""
    wanted = tuple(actions)
    return tuple(
        customer
        for customer in register.customers
        if any(may_for(sender, action, customer, register) for action in wanted)
    )


def keepers_of_stock(register: Register) -> Iterator[str]:
    """Addresses of those who tell the warehouse's stock and neither order nor report inventory: a
    sheet of theirs that is called stock is of no distributor."""
    others = (Action.ORDER, Action.REPORT_INVENTORY)
    for address in dict.fromkeys(person.email.casefold() for person in register.staff):
        people, customers = register.person(address), register.customers_of(address)
        sender = Sender(address, Trust.C, people, customers)
        if may(sender, Action.TELL_STOCK) and not any(may(sender, other) for other in others):
            yield address


def may_for(sender: Sender, action: Action, customer: Customer, register: Register) -> bool:
    """Whether he may do it for a distributor."""
    if DISTRIBUTOR in TABLE[action] and any(c.code == customer.code for c in sender.customers):
        return True
    manager = customer.regional_manager.casefold()
    return may_in(sender.people, action, customer.region, register) or any(
        scope is Scope.NAMED and person.email.casefold() == manager
        for person, scope in granted(sender.people, action)
    )


def may_in(
    people: Iterable[Person], action: Action, region: str | None, register: Register
) -> bool:
    """Whether one of these lines of the staff register allows it in a region; None: any region."""
    return any(
        _reaches(person, scope, region, register) for person, scope in granted(people, action)
    )


def may_request(sender: Sender, askers: Iterable[str]) -> bool:
    """Whether he is one of those whom a kind of request names: roles, or `distributor`."""
    named = tuple(askers)
    is_distributor = DISTRIBUTOR in named and bool(sender.customers)
    return is_distributor or any(person.role in named for person in sender.people)


def has_role(people: Iterable[Person], role: Role) -> bool:
    """Whether one of these lines of the staff register says it: who owns a step may answer of it."""
    return any(person.role is role for person in people)


def asked_of(role: Role) -> Asked:
    """The part in which somebody of a role is asked for a step of a request."""
    return next((asked for asked, known in ROLE_OF.items() if known is role), Asked.OWNER)


def may_decide(people: Iterable[Person], asked: Asked) -> bool:
    """Whether the part in which somebody was asked is theirs."""
    action = DECIDES.get(asked)
    return action is not None and any(granted(people, action))


def granted(people: Iterable[Person], action: Action) -> Iterator[tuple[Person, Scope]]:
    """The lines of the staff register that allow it, each with how far it reaches."""
    row = TABLE[action]
    for person in people:
        if (scope := row.get(person.role)) is not None:
            yield person, scope


def regions_open(people: Iterable[Person], action: Action, register: Register) -> tuple[str, ...]:
    """The regions in which they may do it, in the order of the register."""
    lines = tuple(people)
    every = regions_of(register.customers)
    return tuple(region for region in every if may_in(lines, action, region, register))


def looks_after_consumers(address: str, region: str, register: Register) -> bool:
    """Whether consumers' data of a region may go to an address: it is that of an agent of customer
    service in charge there (Domain S10)."""
    return may_in(register.person(address), Action.CALL_CONSUMERS, region, register)


def may_everywhere(people: Iterable[Person], action: Action, register: Register) -> bool:
    """Whether these lines allow it in every region: what is one for the whole house."""
    lines = tuple(people)
    regions = regions_of(register.customers) or (None,)
    return all(may_in(lines, action, region, register) for region in regions)


def _reaches(person: Person, scope: Scope, region: str | None, register: Register) -> bool:
    match scope:
        case Scope.ALL:
            return True
        case Scope.REGIONS_OR_ALL:
            return region is None or not person.regions or region in person.regions
        case Scope.REGIONS | Scope.WAREHOUSE:
            mine = person.email.casefold()
            theirs = register.people(person.role, region)
            return any(p.email.casefold() == mine for p in theirs)
        case Scope.OWN | Scope.NAMED:
            return False
