"""Who has to do with a request: the owner of its step, his deputy, all who are told of its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from mailflow.desk.house import House
from mailflow.desk.people import Desk
from mailflow.domain.access import has_role
from mailflow.domain.finding import Asked
from mailflow.domain.question import Question
from mailflow.domain.register import Customer, Person, Register, Role
from mailflow.domain.request import Request, Step, Told
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Here:
    """The registers, the house and the hour in which something is done about a request."""

    register: Register
    house: House
    now: datetime

    def language_of(self, address: str) -> str:
        lines = self.register.person(address)
        return next((p.language for p in lines if p.language), self.house.language)

    def name_of(self, address: str) -> str:
        people, customers = self.register.person(address), self.register.customers_of(address)
        return people[0].name if people else customers[0].name if customers else address

    def customer_of(self, request: Request) -> Customer | None:
        return self.register.by_code.get(request.distributor.casefold())


@dataclass(frozen=True, slots=True)
class Owner:
    """`stands_in`: nobody has the role of the step, and a sales admin is asked in its place."""

    person: Person
    stands_in: bool = False


def owner_of(step: Step, request: Request, here: Here) -> Owner | None:
    """By role and region; where another has the same part, nobody agrees to what he asks himself."""
    people = here.register.people(step.owner, request.region or None)
    mine = request.requester.casefold()
    others = [p for p in people if p.email.casefold() != mine]
    if found := next(iter((*others, *people)), None):
        return Owner(found)
    admin = Desk(here.register).asked(Asked.SALES_ADMIN, request.region or None, mine)
    return Owner(admin, stands_in=True) if admin else None


def may_answer(address: str, step: Step, request: Request, here: Here) -> bool:
    """Whoever has lost the part in which he was asked, or stands in for nobody who has it, decides
    nothing any more."""
    whose = (address, *here.house.asking.stands_in_for(address))
    people = [person for who in whose for person in here.register.person(who)]
    if has_role(people, step.owner):
        return True
    owner = owner_of(step, request, here)
    return owner is not None and owner.stands_in and has_role(people, Role.SALES_ADMIN)


def deputy_of(
    question: Question, request: Request, asked: Iterable[str], here: Here
) -> Person | None:
    """Settled in the configuration, else another of the same role; each is asked once for a step, and
    nobody for what he wants himself."""
    settled = here.house.asking.deputy_of(question.address)
    same = here.register.people(request.at.owner, request.region or None)
    wanted = [settled] if settled else [p.email for p in same]
    passed_over = {each.casefold() for each in (question.address, request.requester, *asked)}
    for address in wanted:
        lines = here.register.person(address)
        if lines and address.casefold() not in passed_over:
            return lines[0]
    return None


def told_of_the_end(request: Request, here: Here) -> tuple[str, ...]:
    """As its kind declares; nobody twice, and nobody who is not in the registers."""
    found: dict[str, str] = {}
    for address in _told(request, here):
        if here.register.knows(address):
            found.setdefault(address.casefold(), address)
    return tuple(found.values())


def _told(request: Request, here: Here) -> Iterator[str]:
    customer = here.customer_of(request)
    for who in request.kind.told:
        if who == Told.REQUESTER:
            yield request.requester
        elif who == Told.MANAGER:
            yield from _manager(request, customer, here)
        elif who == Told.DISTRIBUTOR:
            yield customer.email if customer else ""
        else:
            yield from (p.email for p in here.register.people(Role(who), request.region or None))


def _manager(request: Request, customer: Customer | None, here: Here) -> Iterable[str]:
    """Of the distributor; where none is named, of the one who asks."""
    if customer is not None:
        return (customer.regional_manager,)
    mine = here.register.customers_of(request.requester)
    return tuple(c.regional_manager for c in mine)


def concerned(request: Request, questions: Iterable[Question], here: Here) -> tuple[str, ...]:
    """All who may write about it: who asks, who was asked, who is told, and the sales admins."""
    admins = here.register.people(Role.SALES_ADMIN, request.region or None)
    return (
        request.requester,
        *(q.address for q in questions),
        *told_of_the_end(request, here),
        *(p.email for p in admins),
    )


def is_among(address: str, people: Iterable[str]) -> bool:
    return address.casefold() in {each.casefold() for each in people}
