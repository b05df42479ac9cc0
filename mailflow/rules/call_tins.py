"""What one row of call-back results counts: calls, people reached, sample tins; or what is unclear (S10, S11).

A word tells of one tin where no number stands beside it. Whoever was not reached tells nothing of his
tins. A tin that was begun is used; one that nobody used is wasted, as the columns of such sheets say.
"""

from __future__ import annotations

from decimal import Decimal

from mailflow.domain.call_backs import CallBackRow, Outcome, Use
from mailflow.domain.called import CallSums
from mailflow.domain.register import Product
from mailflow.domain.report import Count
from mailflow.domain.value import dataclass

MOST = 1_000_000
"""No store and nobody gets so many sample tins: such a figure is a slip."""
PEOPLE, TINS = ("calls", "reached"), ("given", "used_up", "wasted")
FIGURES = (*PEOPLE, "users", *TINS)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a row cannot be counted: the wording of its finding, and the slot it stands in."""

    variant: str
    slot: str
    found: str = ""


def is_of_one(row: CallBackRow) -> bool:
    """Whether a row is of one consumer; else it sums up a store."""
    return bool(row.consumer.strip() or row.phone.strip() or row.baby.strip())


def is_empty(row: CallBackRow) -> bool:
    """Nobody was called yet: what was sent may be printed before."""
    is_said = row.result.strip() or row.used.strip() or row.outcome or row.use
    slots = [s for s in FIGURES if s != "given"]
    return not is_said and all(getattr(row, slot) is None for slot in slots) and not row.called_on


def counted(row: CallBackRow, product: Product | None) -> CallSums | Unclear:
    figures: dict[str, int | None] = {}
    for slot in FIGURES:
        value = _whole(getattr(row, slot), product, is_goods=slot in TINS)
        if isinstance(value, str):
            return Unclear("figure", slot, value)
        figures[slot] = value
    return _of_one(row, figures) if is_of_one(row) else _of_store(row, figures)


def _whole(count: Count | None, product: Product | None, *, is_goods: bool) -> int | str | None:
    """A number of tins or people; a text where it is none. Without a unit sample tins are tins."""
    if count is None:
        return None
    number = count.units if count.units is not None else count.tins
    if count.cases is not None:
        if not is_goods or product is None or count.units is not None:
            return f"{count.cases:f}"
        whole = count.cases * product.tins_per_case + count.loose
        number = whole if count.tins in (None, whole) else Decimal(-1)
    if number is None:
        return None
    if number != number.to_integral_value() or not 0 <= number <= MOST:
        return f"{number:f}"
    return int(number)


def _of_one(row: CallBackRow, figures: dict[str, int | None]) -> CallSums | Unclear:
    used, wasted = figures["used_up"], figures["wasted"]
    is_told = row.use is not None or used is not None or wasted is not None
    if figures["calls"] not in (None, 1) or figures["reached"] not in (None, 0, 1):
        return Unclear("mixed", "calls")
    if row.outcome is None and not is_told:
        return Unclear("result", "result")
    if row.use is None and row.used.strip() and used is None:
        return Unclear("used", "used")
    if row.outcome not in (None, Outcome.REACHED):
        if row.use in (Use.USED, Use.PARTLY) or used or wasted:
            return Unclear("unheard", "result")
        return CallSums(calls=1, sent=figures["given"] or 0)
    reached = CallSums(calls=1, reached=1)
    if not is_told:
        return reached + CallSums(sent=figures["given"] or 0)
    tins = _tins(row.use, figures)
    return tins if isinstance(tins, Unclear) else reached + tins


def _tins(use: Use | None, figures: dict[str, int | None]) -> CallSums | Unclear:
    given, used, wasted = (figures[slot] for slot in TINS)
    if ((used or 0) > 0 and use is Use.UNUSED) or (used == 0 and use in (Use.USED, Use.PARTLY)):
        return Unclear("contradiction", "used")
    if used is None and use is Use.UNUSED:
        # What nobody used is wasted, where the sheet has no number for it.
        used, wasted = 0, wasted if wasted is not None else 1 if given is None else given
    elif used is None and use is Use.PARTLY and (given or 1) > 1 and wasted is None:
        return Unclear("used-count", "used")
    elif used is None and use is not None:
        used = (given if given is not None else 1 + (wasted or 0)) - (wasted or 0)
        if used <= 0:
            return Unclear("contradiction", "used")
    if used is None:
        return Unclear("used-count", "used_up")
    return _sums(given if given is not None else used + (wasted or 0), used, wasted or 0)


def _of_store(row: CallBackRow, figures: dict[str, int | None]) -> CallSums | Unclear:
    reached = figures["reached"]
    calls = figures["calls"] if figures["calls"] is not None else reached
    if (reached or 0) > (calls or 0):
        return Unclear("reached", "reached", str(reached))
    people = CallSums(calls=calls or 0, reached=reached or 0)
    given, used, wasted = (figures[slot] for slot in TINS)
    if used is None and wasted is None:
        if row.used.strip():
            return Unclear("used-count", "used")
        return people + CallSums(sent=given or 0)
    if given is None:
        return Unclear("given", "given")
    if used is None:
        return Unclear("used-count", "used_up")
    tins = _sums(given, used, wasted or 0)
    return tins if isinstance(tins, Unclear) else people + tins


def _sums(given: int, used: int, wasted: int) -> CallSums | Unclear:
    if used + wasted > given:
        return Unclear("more", "used_up", str(used + wasted))
    return CallSums(sent=given, heard=given, used=used, wasted=wasted)
