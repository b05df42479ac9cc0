"""Every stated total is the sum of its lines, in cases, tins and money."""

from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.document import OrderLine, Total, TotalOf
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.quantity import Quantity, Unit
from mailflow.rules.cells import money, shown
from mailflow.rules.check import Remark, check

SLACK = {TotalOf.CASES: Decimal("0.001"), TotalOf.UNITS: Decimal("0.001")}
"""Cases typed with few decimals add up to within their last digit."""


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def total_mismatch(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A total is not the sum of the lines it stands under."""
    for total in appraisal.order.totals:
        if total.of in (TotalOf.CASH, TotalOf.EXPENSE):
            continue
        expected = _sum(total, appraisal)
        if total.number is None:
            yield Remark(at=total.at, found=total.text, expected=_shown(total, expected))
        elif expected is not None and abs(total.number - expected) > SLACK.get(
            total.of, Decimal(0)
        ):
            yield Remark(
                at=total.at,
                found=total.text,
                expected=_shown(total, expected),
                proposal=_shown(total, expected),
                variant=total.of.value,
            )


def _shown(total: Total, number: Decimal | None) -> str:
    return money(number) if total.of is TotalOf.AMOUNT else shown(number)


def _sum(total: Total, appraisal: Appraisal) -> Decimal | None:
    """What the sheet's own lines add up to; None where a line cannot be added."""
    values = [_value(appraisal.order.lines[i], total, appraisal) for i in total.lines]
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _value(line: OrderLine, total: Total, appraisal: Appraisal) -> Decimal | None:
    if total.of is TotalOf.AMOUNT:
        return _amount(line, appraisal)
    unit = {TotalOf.CASES: Unit.CASES, TotalOf.TINS: Unit.TINS}.get(total.of)
    column = [q for q in line.quantities if q.at.column == total.at.column]
    same = column or [q for q in line.quantities if unit is None or q.unit is unit]
    if not same:
        return None
    return _counted(same[0], unit)


def _counted(quantity: Quantity, unit: Unit | None) -> Decimal | None:
    if not quantity.text or (quantity.number is None and quantity.text in ("-", "—", "/")):
        return Decimal(0)
    if quantity.loose or (unit is not None and quantity.unit is not unit):
        return None
    return quantity.number


def _amount(line: OrderLine, appraisal: Appraisal) -> Decimal | None:
    """The amount the sheet states, else the one that follows from price list and quantity."""
    if line.amount is not None and line.amount.text:
        return line.amount.number
    if any(line is empty for empty in appraisal.not_ordered):
        return Decimal(0)
    item = next((i for i in appraisal.items if i.line is line), None)
    return item.amount if item else None
