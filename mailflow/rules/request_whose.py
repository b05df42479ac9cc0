"""Which distributor a request is about, and so whether all is told that its kind asks for."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.facts import Sender
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Customer
from mailflow.domain.request import FieldKind, RequestKind
from mailflow.domain.value import dataclass
from mailflow.rules.request_lacks import Lack, lacking


@dataclass(frozen=True, slots=True)
class Weighed:
    """`customer` is the one that is meant, where that is certain."""

    values: Mapping[str, str]
    customer: Customer | None
    lacks: tuple[Lack, ...]


def weighed(
    kind: RequestKind, values: Mapping[str, str], sender: Sender, lexicon: Lexicon
) -> Weighed:
    """A distributor that asks for itself need not say who it is."""
    field = next((f for f in kind.fields if f.kind is FieldKind.DISTRIBUTOR), None)
    said = values.get(field.name, "") if field else ""
    if field is None or not said:
        own = sender.customers[0] if len(sender.customers) == 1 else None
        if own is not None and field is not None:
            values = {**values, field.name: own.name}
        return Weighed(values, own, lacking(kind, values, (own,) if own else None))
    named = lexicon.customers_named(said) or lexicon.customers_within(said)
    if not named:
        return Weighed(values, None, lacking(kind, values, None))
    register = lexicon.register
    his = tuple(c for c in named if may_for(sender, Action.REQUEST, c, register))
    return Weighed(values, his[0] if len(his) == 1 else None, lacking(kind, values, his))
