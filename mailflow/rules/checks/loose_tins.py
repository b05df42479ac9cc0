"""Every shipped quantity is a whole number of cases (散听)."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import product_name, quantity_cell, shown
from mailflow.rules.check import Remark, check
from mailflow.rules.wishes import asks_for_loose


@check(severity=Severity.ERROR, asked=Asked.SENDER)
def loose_tins(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A quantity is not a whole number of cases; asked for on purpose, the sales admin decides."""
    reason = facts.confirmed.loose_because
    for item in appraisal.items:
        if item.product is None or item.tins is None or item.cases is not None:
            continue
        per_case = item.product.tins_per_case
        in_cases = _in_cases(item)
        on_purpose = asks_for_loose(_words(item, appraisal))
        variant = "on-purpose" if on_purpose else _counted(item) if in_cases else ""
        if reason:
            variant = "by-reply"
        yield Remark(
            at=quantity_cell(item.line),
            found=_found(item),
            expected=f"a multiple of {per_case}" if not in_cases else "whole cases",
            proposal=_proposal(item, in_cases=in_cases),
            variant=variant,
            details=(
                ("product", product_name(item)),
                ("tins", str(item.tins)),
                ("per_case", str(per_case)),
                ("reason", reason),
            )[: 4 if reason else 3],
            asked=Asked.SALES_ADMIN if on_purpose or reason else None,
        )


def _words(item: Item, appraisal: Appraisal) -> list[str]:
    """The line's own remark, and what is written for the whole order."""
    remark = item.line.remark
    return [w.text for w in ((remark,) if remark else ()) + appraisal.order.remarks]


def _in_cases(item: Item) -> bool:
    """Whether the cell a sender would mend counts cases: then cases are proposed (rulings, 12)."""
    return bool(cells := item.filled) and cells[-1].unit is Unit.CASES


def _counted(item: Item) -> str:
    """A number of cases, or a text that says its units itself, such as `10箱3听`."""
    text = item.filled[-1].text.strip()
    return "cases" if text.replace(".", "", 1).isdecimal() else "written"


def _found(item: Item) -> str:
    last = item.filled[-1]
    return last.text if _in_cases(item) else shown(last.number)


def _proposal(item: Item, *, in_cases: bool) -> str:
    """The nearest whole cases below and above, in the unit the sender wrote."""
    assert item.product is not None
    assert item.tins is not None
    pack = item.product.pack
    both = (pack.below(item.tins), pack.above(item.tins))
    if in_cases:
        both = (pack.cases(both[0]), pack.cases(both[1]))
    return " / ".join(str(n) for n in both if n > 0)
