"""What is due by the day of the month is done once, however often the bell rings."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from typing import cast

from mailflow.desk.consolidating import (
    Revision,
    absent,
    effects_of_consolidation,
    expires_before,
    expiring_of,
)
from mailflow.desk.reports_due import (
    Asking,
    Standing,
    askings,
    effects_of_missing,
    missing_of,
    missing_of_all,
)
from mailflow.domain.consolidation import (
    STOCK_ROW,
    TREND_MONTHS,
    Absent,
    Consolidated,
    Limits,
    Names,
)
from mailflow.domain.kept_inventory import ALL_IN, REVISED, SO_FAR
from mailflow.domain.month_clock import MonthPlan, ReportsDue, due_now
from mailflow.domain.month_grid import months_until
from mailflow.domain.stock_summary import StockSummary
from mailflow.outbox.apart import Apart
from mailflow.parsers.sandbox_shapes import decoded
from mailflow.performing import Office, once_prepared, perform

ROWS_AT_ONCE = 5_000
FRAMES = Apart("the stock of the month", "mailflow.stock_frames:consolidated")


def do_what_the_month_asks(office: Office, now: datetime) -> int:
    """How many managers were reminded and summaries queued.

    Who was down catches up with today alone; a house that opened after a round's day leaves that
    round alone, for it cannot know what came before.
    """
    house = office.house
    plan = house.month
    due = due_now(plan, house.workdays, now) if plan else None
    if plan is None or due is None:
        return 0
    if office.store.first_start(now).astimezone(house.zone).date() > due.due:
        return 0
    standing = office.store.records.inventories([due.month])
    every = askings(office.store.register())
    late = [a for a in every if missing_of(a, due, standing)]
    reminded = sum(_reminded(asking, due, office, now) for asking in late)
    return reminded + _told(due, standing, plan, office, now)


def _reminded(asking: Asking, due: ReportsDue, office: Office, now: datetime) -> bool:
    """Before the day reports are due each hears once, from then on each working day, until all of
    his are in."""
    kind = "reports-late" if due.is_late else "reports-due"
    period = due.day.isoformat() if due.is_late else f"{due.month:%Y-%m}"
    with office.store.begin(now) as work:
        effects = effects_of_missing(
            asking, due, work.inventories([due.month]), office.house.language
        )
        if not effects or not work.take_job(f"{kind}:{asking.person.email.casefold()}", period):
            return False
        perform(effects, work, office, now)
    return True


def _told(
    due: ReportsDue, standing: Standing, plan: MonthPlan, office: Office, now: datetime
) -> bool:
    """The marketing head hears when all are in, on the working day after the deadline of what there
    is by then, and after that once a day of what changed until the morning."""
    register = office.store.register()
    missing = missing_of_all(register, due, standing)
    summary = _summary_due(due, bool(missing), plan, office) if register.customers else None
    if summary is None:
        return False
    job, period, revision = summary
    stock = put_together(due.month, absent(missing), plan.limits, office)
    effects = effects_of_consolidation(stock, register, office.house.language, revision)

    def attempt() -> bool:
        with office.store.begin(now) as work:
            if work.inventories([due.month]) != standing or not work.take_job(job, period):
                return False  # a report came meanwhile: the next pass puts them together anew
            perform(effects, work, office, now)
        return True

    return bool(effects) and once_prepared(attempt, b"", office)


def _summary_due(
    due: ReportsDue, is_missing: bool, plan: MonthPlan, office: Office
) -> tuple[str, str, Revision | None] | None:
    """The job and period of the summary that is due now, if one is."""
    records, month = office.store.records, f"{due.month:%Y-%m}"
    changed = records.inventories_changed(due.month)
    if not is_missing and not records.is_done(ALL_IN, month):
        return ALL_IN, month, None
    if changed is None:
        return (SO_FAR, month, None) if is_missing and due.day > due.due else None
    period = f"{month}@{due.day}"
    morning = datetime.combine(due.day, plan.at, office.house.zone)
    if not any(at < morning for at in changed.values()) or records.is_done(REVISED, period):
        return None
    return REVISED, period, Revision(due.day, tuple(changed))


def put_together(
    month: date, missing: Sequence[Absent], limits: Limits, office: Office
) -> StockSummary:
    """The stock of a month as the reports that hold tell it, and the trend until then. Its lines
    go from the database to the process that sums them up without being held. Raises `NotMade`."""
    register, records = office.store.register(), office.store.records
    names = Names(
        {code: (c.region, c.name) for code, c in register.by_code.items()},
        {sku: product.name for sku, product in register.by_sku.items()},
    )
    begun = Consolidated(
        month=month,
        expected=len(register.customers),
        positions=(),
        expiring=expiring_of(records.expiring(month, expires_before(month, limits)), names),
        missing=tuple(missing),
        limits=limits,
    )
    months = months_until(month, TREND_MONTHS)
    lines = _as_csv(records.stock_rows(months[0], months[-1]))
    return cast(StockSummary, decoded(FRAMES.made_of(lines, begun, names), StockSummary))


def _as_csv(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    page = StringIO(newline="")
    pen = csv.writer(page)
    pen.writerow(STOCK_ROW)
    for number, row in enumerate(rows, start=1):
        pen.writerow(row)
        if number % ROWS_AT_ONCE == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()
