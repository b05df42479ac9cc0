"""Words that say what all numbers of a sheet count."""

from __future__ import annotations

from mailflow.domain.quantity import Unit
from mailflow.rules.ordered import Ordered
from mailflow.rules.wishes import unit_said


def denies_units(line: str, ordered: Ordered) -> bool:
    """`表里的数量都是听数` over a sheet that counts cases."""
    said = unit_said(line)
    units = ordered.units
    return said is not None and bool(units) and (Unit.CASES if said else Unit.TINS) not in units
