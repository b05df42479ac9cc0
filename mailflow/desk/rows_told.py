"""What a letter has no room for, as rows of a sheet that goes with it: nothing is left out there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from mailflow.domain.announcement import Addressee, Announcement, Receipt
from mailflow.domain.audience import Audience
from mailflow.domain.notice_help import HelpNotice, OrderTold, StatusNotice
from mailflow.domain.notice_request import RequestTold
from mailflow.domain.notice_rows import RowsFile

AND = "、"


def people_file(
    announcement: Announcement, receipts: Sequence[Receipt], zone: ZoneInfo, language: str
) -> RowsFile:
    """How it stands with each, in the order of the receipts; instants in `zone`."""
    return RowsFile(
        name="people",
        number=announcement.number,
        columns=("person", "address", "reached", "confirmed_at", "why", "relays"),
        rows=tuple(
            (
                *(r.addressee.name, r.addressee.address, r.reached.value),
                *(_clock(r.confirmed, zone), r.why, AND.join(r.addressee.relays)),
            )
            for r in receipts
        ),
        language=language,
    )


def addressees_file(announcement: Announcement, language: str) -> RowsFile:
    """Who gets it, or would get it."""
    return RowsFile(
        name="people",
        number=announcement.number,
        columns=("person", "address", "relays"),
        rows=tuple(map(_named, announcement.people)),
        language=language,
    )


def _named(person: Addressee) -> tuple[str, str, str]:
    return person.name, person.address, AND.join(person.relays)


def _clock(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else ""


def sheets_beside(
    notice: StatusNotice | HelpNotice, number: str, zone: ZoneInfo, language: str
) -> Iterator[RowsFile]:
    """Of what the letter has no room for, all; `number` is that of the mail that asked."""
    if isinstance(notice, StatusNotice) and notice.unlisted:
        yield from _matters(notice, number, zone, language)
    if notice.coming.unlisted:
        yield RowsFile(
            name="coming_prices",
            number=number,
            columns=("since", "sku", "product", "before", "after", "whose"),
            rows=tuple(
                (
                    *(p.day.isoformat(), p.sku, p.name, str(p.before), str(p.after)),
                    AND.join(p.whose),
                )
                for p in notice.coming.prices
            ),
            audience=Audience.PARTNER,
            about=notice.coming.codes,
            language=language,
        )
    if notice.coming.unlisted_budgets:
        yield RowsFile(
            name="coming_budgets",
            number=number,
            columns=("month", "region", "budget_before", "budget_after"),
            rows=tuple(
                (f"{b.month:%Y-%m}", b.region, _amount(b.before), _amount(b.after))
                for b in notice.coming.budgets
            ),
            language=language,
        )


def _amount(budget: Decimal | None) -> str:
    return "" if budget is None else f"{budget:.2f}"


def _matters(
    notice: StatusNotice, number: str, zone: ZoneInfo, language: str
) -> Iterator[RowsFile]:
    if notice.orders:
        yield RowsFile(
            name="open_orders",
            number=number,
            columns=(
                *("order", "their_number", "distributor", "came"),
                *("cases", "tins", "step", "waits"),
            ),
            rows=tuple(_order(told, zone) for told in notice.orders),
            audience=Audience.PARTNER,
            language=language,
        )
    if notice.requests:
        yield RowsFile(
            name="open_requests",
            number=number,
            columns=("request", "kind", "came", "waits", "due"),
            rows=tuple(_request(told, zone, language) for told in notice.requests),
            audience=Audience.PARTNER,
            language=language,
        )


def _order(told: OrderTold, zone: ZoneInfo) -> tuple[str, ...]:
    order = told.status.order
    names = AND.join(dict.fromkeys(name for turn in told.turns for name in turn.names))
    return (
        *(order.number, order.their_number, order.customer.name if order.customer else ""),
        *(_clock(order.received, zone), str(order.cases), str(order.tins)),
        *(told.step.value, names),
    )


def _request(told: RequestTold, zone: ZoneInfo, language: str) -> tuple[str, ...]:
    request = told.request
    said = request.kind.title
    title = said.en or said.zh if language == "en" else said.zh or said.en
    return (
        *(request.number, title, _clock(request.created, zone)),
        *(told.owner, _clock(request.due, zone)),
    )
