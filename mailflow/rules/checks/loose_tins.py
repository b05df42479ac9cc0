"""Every shipped quantity is a whole number of cases (散听)."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.naming import normalised
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import product_name, quantity_cell, shown, stated
from mailflow.rules.check import Remark, check

ON_PURPOSE = (
    "散听",
    "拆箱",
    "特批",
    "散装发",
    "零听",
    "loosetin",
    "loosetins",
    "splitcase",
    "opencase",
)


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def loose_tins(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A quantity is not a whole number of cases; asked for on purpose, the sales admin decides."""
    for item in appraisal.items:
        if item.product is None or item.tins is None or item.product.pack.is_whole(item.tins):
            continue
        purpose = _on_purpose(item)
        yield Remark(
            at=quantity_cell(item.line),
            found=_found(item),
            expected=str(item.product.tins_per_case),
            proposal=_proposal(item),
            variant="on-purpose" if purpose else "",
            details=(("product", product_name(item)), ("tins", str(item.tins))),
            asked=Asked.SALES_ADMIN if purpose else None,
        )


def _on_purpose(item: Item) -> bool:
    remark = item.line.remark
    return bool(remark) and any(w in normalised(remark.text) for w in ON_PURPOSE if remark)


def _found(item: Item) -> str:
    last = stated(item.line)[-1]
    return last.text if last.unit is not Unit.TINS else shown(last.number)


def _proposal(item: Item) -> str:
    """The nearest whole cases below and above, in the unit the sender wrote."""
    assert item.product is not None and item.tins is not None
    pack = item.product.pack
    below, above = pack.below(item.tins), pack.above(item.tins)
    if stated(item.line)[-1].unit is Unit.CASES:
        below, above = pack.cases(below), pack.cases(above)
    return " / ".join(str(n) for n in (below, above) if n > 0)
