"""What the lines of an order come to, for words that speak of them: worked out once an order."""

from __future__ import annotations

from functools import cached_property

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.funding import Funding
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import shown


class Ordered:
    """A sheet may have thousands of lines and as many notes: each note is compared with these sets."""

    def __init__(self, appraisal: Appraisal) -> None:
        self._appraisal = appraisal

    @cached_property
    def cases(self) -> set[str]:
        """Of every line and of all together, as they are written."""
        each = [item.cases for item in self._appraisal.items]
        return {*map(shown, each), shown(sum(cases or 0 for cases in each))}

    @cached_property
    def tins(self) -> set[str]:
        return {*(shown(i.tins) for i in self._appraisal.items), shown(self._appraisal.tins)}

    @cached_property
    def units(self) -> set[Unit | None]:
        return {q.unit for item in self._appraisal.items for q in item.filled}

    @cached_property
    def packs(self) -> set[int]:
        """Tins a case, by the register."""
        return {i.product.tins_per_case for i in self._appraisal.items if i.product}

    @cached_property
    def paid(self) -> set[Funding | None]:
        return {item.funding for item in self._appraisal.items}
