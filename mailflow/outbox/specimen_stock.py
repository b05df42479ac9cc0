"""Specimens of the letters about stock and shortages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.answer import Word
from mailflow.domain.asking import Urging
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter, ListFile
from mailflow.domain.notice_orders import ListNotice, OrderReport
from mailflow.domain.notice_stock import ShortageNotice, StockNotice, SupplyNotice, Taking
from mailflow.domain.order import DispatchList
from mailflow.domain.question import Question
from mailflow.domain.sheet import Place
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, DAY, RECEIVED, dispatch_list, order

SHORT = (0, 60, 30, 24)
WAREHOUSE = "warehouse.north@chenlu.example"


def short_list() -> DispatchList:
    return replace(dispatch_list(), short=SHORT)


def short_report() -> OrderReport:
    return OrderReport(order(), Outcome.ACCEPTED, (), short_list(), short=SHORT)


def all_short_report() -> OrderReport:
    everything = tuple(line.tins for line in order().lines)
    return OrderReport(order(), Outcome.ACCEPTED, (), short=everything)


def supply_list() -> DispatchList:
    lines = order().lines
    own = replace(order(), lines=(replace(lines[1], tins=60), replace(lines[2], tins=12)))
    return replace(dispatch_list(), number="FH261109-0042-B1", order=own)


def stock_letters(language: str) -> Iterator[Letter]:
    supplied = supply_list()
    for sheet in (short_list(), supplied):
        yield Letter(
            ListNotice(sheet),
            (WAREHOUSE,),
            sheet.number,
            language=language,
            enclosures=(ListFile(sheet),),
        )
    yield Letter(
        ShortageNotice(order(), SHORT), (CUSTOMER.email,), order().number, language=language
    )
    yield Letter(
        ShortageNotice(order(), supplied=supplied, subject="南阳童之家11月订单"),
        (CUSTOMER.regional_manager,),
        f"{order().number}-{supplied.number}",
        about=order().number,
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), "南阳童之家11月订单"),
    )
    for urging in Urging:
        yield Letter(
            SupplyNotice(supplied, 42, urging),
            (ADMIN.email,),
            supplied.number,
            language=language,
            question=_asked(supplied.number),
        )
    for notice in _answers():
        thread = Thread("<stock-1109@chenlu.example>", (), notice.subject)
        yield Letter(notice, (WAREHOUSE,), "M44", language=language, thread=thread)


def _answers() -> Iterator[StockNotice]:
    names = tuple(line.name for line in order().lines)
    taken = StockNotice("库存日报1109", Taking.TAKEN, DAY, 12, 18_420, 36)
    yield replace(taken, absent=names[3:], promised=((names[1], 24),))
    yield StockNotice("库存日报1108", Taking.OLDER, DAY.replace(day=8), known=DAY)
    wrong = Finding(
        "stock-value",
        Severity.ERROR,
        Asked.SENDER,
        at=Place("库存日报1109.xlsx", "Sheet1", 7, 4),
        found="金装1段大罐",
        variant="product",
    )
    yield StockNotice("库存日报1109", Taking.DOUBTFUL, DAY, findings=(wrong,))


def _asked(number: str) -> Question:
    return Question(
        order=number,
        revision=1,
        role=Asked.SALES_ADMIN,
        address=ADMIN.email,
        allowed=(Word.AGREE, Word.REFUSE),
        created=RECEIVED,
        expires=RECEIVED,
        token="7K3M9QWX2ZB4T6VD8HCF",
    )
