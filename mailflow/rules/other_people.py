"""Free words that name another distributor than the order's, or a place that is not his."""

from __future__ import annotations

from functools import cached_property

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.naming import normalised
from mailflow.rules.wishes import sends_elsewhere

SHORTEST_NAME = 3
"""Shorter names stand in too many other words."""


class Others:
    """Who else than the one who orders may be named; looked up only where words are."""

    def __init__(self, appraisal: Appraisal, facts: Facts) -> None:
        self._customer = appraisal.customer
        self._customers = facts.register.customers

    def named_in(self, text: str) -> bool:
        """Names of the distributor himself, and his own addresses, count for nothing."""
        said = normalised(text)
        for own in self._own:
            said = said.replace(own, "")
        return any(name in said for name in self._names) or sends_elsewhere(said)

    def spoken_of_in(self, text: str) -> bool:
        """A name by itself, below or beside a table, is a stamp or one of a list to choose from."""
        return normalised(text) not in self._names and self.named_in(text)

    @cached_property
    def _own(self) -> list[str]:
        if self._customer is None:
            return []
        who, ship_to = self._customer, self._customer.ship_to
        words = (who.name, *who.aliases, ship_to.address, ship_to.delivery_address)
        return sorted({key for word in words if (key := normalised(word))}, key=len, reverse=True)

    @cached_property
    def _names(self) -> frozenset[str]:
        names = (
            n for c in self._customers if c is not self._customer for n in (c.name, *c.aliases)
        )
        return frozenset(key for n in names if len(key := normalised(n)) >= SHORTEST_NAME)
