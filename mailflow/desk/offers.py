"""What a person can do by mail, with examples that are his own: the table of `domain/access.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mailflow.domain.access import granted, has_role, may_for, may_request, regions_open
from mailflow.domain.access_table import DISTRIBUTOR, TABLE, Action, Scope
from mailflow.domain.facts import Sender
from mailflow.domain.notice_help import Offer
from mailflow.domain.register import Customer, Register
from mailflow.domain.request import RequestKind, Text

EXAMPLES = (Action.STATEMENT, Action.STATUS, Action.GOODS, Action.CANCEL)
"""What is asked of one distributor or of one order."""


def offers(
    sender: Sender,
    register: Register,
    today: date,
    number: str = "",
    kinds: Sequence[RequestKind] = (),
) -> Iterator[Offer]:
    """In the order of the table. `number` is that of an order of his, for the examples; `kinds` are the
    requests that the house has."""
    for action in Action:
        offer = _offer(sender, action, register)
        if offer is None:
            continue
        if action in (Action.REQUEST, Action.STEP):
            mine = _of_requests(action, sender, kinds)
            if not mine:
                continue
            offer = replace(offer, scope=Scope.ALL, names=(), kinds=mine)
        if action in EXAMPLES:
            offer = replace(offer, number=number, who=_example(sender, action, register))
        if action is Action.STATISTICS:
            last = today.replace(day=1) - timedelta(days=1)
            offer = replace(offer, period=f"{last:%Y-%m}")
        yield offer


def _of_requests(action: Action, sender: Sender, kinds: Sequence[RequestKind]) -> tuple[Text, ...]:
    """The kinds that he may ask for, or has a step of."""
    if action is Action.REQUEST:
        return tuple(k.title for k in kinds if may_request(sender, k.askers))
    return tuple(
        k.title for k in kinds if any(has_role(sender.people, step.owner) for step in k.steps)
    )


def _offer(sender: Sender, action: Action, register: Register) -> Offer | None:
    """With the widest of what his lines allow; None where nothing is left of it."""
    if DISTRIBUTOR in TABLE[action] and sender.customers:
        names = tuple(c.name for c in sender.customers)
        return Offer(action=action, scope=Scope.OWN, names=names)
    scopes = {scope for _, scope in granted(sender.people, action)}
    if not scopes:
        return None
    if Scope.ALL in scopes:
        return Offer(action=action, scope=Scope.ALL)
    if scopes == {Scope.NAMED}:
        named = (c for c in register.customers if may_for(sender, action, c, register))
        names = tuple(c.name for c in named)
        return Offer(action=action, scope=Scope.NAMED, names=names) if names else None
    regions = regions_open(sender.people, action, register)
    if not regions:
        return None
    is_all = len(regions) == len({c.region for c in register.customers})
    scope = Scope.ALL if is_all else Scope.REGIONS
    return Offer(action=action, scope=scope, names=() if is_all else regions)


def _example(sender: Sender, action: Action, register: Register) -> str:
    """The name of one distributor, for an example; empty where he stands for one alone."""
    mine = [c for c in register.customers if may_for(sender, action, c, register)]
    return _short(mine[0]) if len(mine) > 1 else ""


def _short(customer: Customer) -> str:
    """The shortest name it is known by."""
    return min((customer.name, *customer.aliases), key=len)
