"""Sheets in which something lies in wait for a careless reader, and what a desk makes of them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from openpyxl import Workbook

from accuracy.desk import Seen, desk_of
from accuracy.mails import Letter, Part, mail
from accuracy.worlds import worlds
from mailflow.domain.decision import Outcome

WORLD = worlds()[0]
DEALER = WORLD.dealers[0]
OTHER = next(d for d in WORLD.dealers[1:] if d.region == DEALER.region)
_WARES = {ware.sku: ware for ware in WORLD.wares}
ZH, QY = _WARES["LX-ZH1-900"], _WARES["LX-QY1-900"]
"""Six tins a case, both."""
HEAD = ("产品名称", "箱数")
WHOSE = ("经销商", DEALER.name)

Row = Sequence[str | int | float | bool | datetime | None]
Goods = dict[str, int]


def workbook(sheets: Mapping[str, Sequence[Row]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return book


def seen(book: Workbook, subject: str = "订单", text: str = "见附件") -> Seen:
    out = io.BytesIO()
    book.save(out)
    letter = Letter(DEALER.manager, subject, text, "attached", 1)
    attached = Part("订单.xlsx", "2231 utf-8", "application/octet-stream", out.getvalue())
    return desk_of(WORLD).see(mail(letter, [attached], Random(1)))


def accepted(found: Seen) -> list[tuple[str, Goods]]:
    """Whose goods will be sent, and how many tins of what; nothing is expense or gift here."""
    assert not found.trouble
    return [
        (d.content[0], {sku: tins for sku, tins, _ in d.content[1]})
        for d in found.documents
        if d.outcome is Outcome.ACCEPTED
    ]


def codes(found: Seen) -> set[str]:
    return {s.code for s in (*found.said, *(x for d in found.documents for x in d.said))}


def of_rows(*rows: Row, **mail_says: str) -> Seen:
    """One sheet that names the distributor in its first row."""
    return seen(workbook({"Sheet1": [WHOSE, *rows]}), **mail_says)
