"""Results of call-backs (回访结果): whom customer service called, how it went, what was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from mailflow.domain.call_backs import CallBackRow, CallBacks
from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.report import ReportKind, ReportRow
from mailflow.parsers.kinds.call_words import outcome_of, use_of
from mailflow.parsers.kinds.consumers import PERSONAL, WHO
from mailflow.parsers.kinds.draft import Draft
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form, count, day, text
from mailflow.parsers.kinds.near_days import around, day_meant, settle_day
from mailflow.parsers.kinds.report_columns import cells_of
from mailflow.parsers.kinds.report_values import NOTHING
from mailflow.parsers.kinds.table_facts import TableFacts

MEANT: dict[str, tuple[str, Callable[[str], object]]] = {
    "result": ("outcome", outcome_of),
    "used": ("use", use_of),
}
"""Slots of words, with the slot that says what they mean."""


class _Calls:
    """Settles what words and days of a row mean. Where most of a column are words of its own, it is free
    text, and asked about once."""

    def __init__(self, facts: TableFacts) -> None:
        self.days = around(facts, "called_on")
        self.free = {slot for slot in MEANT if _is_free(facts, slot)}

    def __call__(self, draft: Draft) -> None:
        settle_day(draft, "called_on", self.days)
        for slot, (meant, meaning) in MEANT.items():
            said = draft.text(slot)
            if not said or slot in self.free or said.strip().casefold() in NOTHING - {"无"}:
                continue
            value = meaning(said)
            if value is None:
                draft.doubts.append((slot, DoubtKind.VALUE_UNREADABLE, said))
            else:
                draft.values[meant] = value


def _is_free(facts: TableFacts, slot: str) -> bool:
    column = facts.columns.get(slot)
    if column is None:
        return False
    texts = [cell.text for cell in cells_of(facts.page, facts.table, column).values()]
    known = sum(MEANT[slot][1](text) is not None for text in texts)
    return 2 * known < len(texts)


def _of_free_text(
    facts: TableFacts, rows: Sequence[ReportRow], _: Sequence[Doubt]
) -> Iterator[Doubt]:
    for slot in MEANT:
        if rows and _is_free(facts, slot):
            column = facts.columns[slot]
            header = next(h.header for h in facts.table.headed if h.column == column)
            yield Doubt(DoubtKind.FREE_TEXT, facts.header_of(slot), found=header)


FORM = Form(
    kind=ReportKind.CALL_BACKS,
    report=CallBacks,
    row=CallBackRow,
    slots={
        **WHO,
        "called_on": day(Field.CALLED_ON, Field.DATE, reads=day_meant),
        "caller": text(Field.CALLER),
        "result": text(Field.RESULT),
        "used": text(Field.USED),
        "given": count(Field.GIVEN),
        "used_up": count(Field.USED_UP),
        "wasted": count(Field.WASTED),
        "calls": count(Field.CALLS),
        "reached": count(Field.REACHED),
        "users": count(Field.USERS),
        "satisfaction": text(Field.SATISFACTION),
        "feedback": text(Field.FEEDBACK),
    },
    named=("consumer", "phone", "baby", "store", "store_code"),
    needs=(
        frozenset(
            {Field.CONSUMER, Field.PERSON, Field.PHONE, Field.BABY, Field.STORE, Field.STORE_CODE}
        ),
        frozenset(
            {
                *(Field.RESULT, Field.CALLED_ON, Field.USED, Field.CALLS, Field.REACHED),
                *(Field.USED_UP, Field.WASTED),
                *(Field.FEEDBACK, Field.SATISFACTION, Field.CALLER, Field.USERS),
            }
        ),
    ),
    proofs=frozenset(
        {
            *(Field.CALLER, Field.CALLS, Field.REACHED, Field.USERS),
            *(Field.SATISFACTION, Field.USED_UP, Field.WASTED),
        }
    ),
    hints=frozenset(
        {
            *(Field.CONSUMER, Field.PHONE, Field.STORE, Field.STORE_CODE, Field.BABY),
            *(Field.FEEDBACK, Field.GIVEN),
        }
    ),
    against=frozenset(
        {
            *(Field.CREDIT_LIMIT, Field.ROLE, Field.WAYBILL, Field.LIST_NO, Field.PAID),
            *(Field.OPENING, Field.CLOSING, Field.ON_HAND),
        }
    ),
    titles=re.compile(r"回访|电访|小听粉.{0,4}使用|call[\s-]*backs?|follow[\s-]*up\s*calls?"),
    head=frozenset(
        {
            *(Field.STORE, Field.DISTRIBUTOR, Field.REGION, Field.CALLER, Field.DATE),
            *(Field.CALLED_ON, Field.MONTH),
        }
    ),
    settles=_Calls,
    doubts=_of_free_text,
    conclusive=frozenset({Field.RESULT, Field.CALLED_ON, Field.USED}),
    personal=PERSONAL,
)
