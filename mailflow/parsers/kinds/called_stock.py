"""A list of goods and numbers that is called stock by nothing but a name is not taken for an order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailflow.domain.naming import KnownNames
from mailflow.domain.report import ReportKind, Spoke
from mailflow.domain.sheet import Written
from mailflow.parsers.kinds import stock
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import GOODS, WHOSE
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.kinds.report_verdict import CERTAIN, NOTHING, TITLE, Verdict

CALLED = re.compile(
    "库存|存货|盘点|(?<![a-z])(?:stock|inventory|stocktake|stock[\\s_-]?list)(?![a-z])"
)
LACKING = re.compile("不足|紧张|告急|不够|没有?库存|无库存|缺|断|补|low|short|out of|urgent")
"""`库存不足，请尽快发货` asks for goods."""
LONGEST = 24
"""A longer text is a sentence, no name."""
OTHERS = frozenset({Field.FUNDING, Field.ORDERED, Field.SHIPPED, Field.CONSIGNEE})
"""Columns of whoever orders or ships."""


def called_stock(
    table: ReportTable, names: Iterable[Written], known: KnownNames, *, is_whose: bool
) -> Verdict:
    """`names` are those of sheet, file and mail, and the titles above; `is_whose`: a distributor
    is named. Whoever keeps our warehouse means its stock, where nobody else's is named; whose it
    is that another sends is asked, ours or a distributor's."""
    counted = table.fields & {Field.QUANTITY}
    if not table.fields & GOODS or not counted or table.fields & OTHERS:
        return NOTHING
    called = [name for name in names if is_called_stock(name.text)]
    if not called:
        return NOTHING
    is_ours = known.keeps_stock and not is_whose and not table.fields & WHOSE
    kinds = (ReportKind.STOCK,) if is_ours else (ReportKind.STOCK, ReportKind.INVENTORY)
    return Verdict(
        form=stock.FORM if is_ours else None,
        may_be=kinds,
        spoke=tuple(Spoke(kind, called[0].text, called[0].at, TITLE) for kind in kinds),
        points=CERTAIN if is_ours else TITLE,
        has_proof=False,
        has_title=True,
    )


def is_called_stock(text: str) -> bool:
    plain = text.strip().casefold()
    is_name = len(plain) <= LONGEST and not LACKING.search(plain)
    return is_name and bool(CALLED.search(plain))
