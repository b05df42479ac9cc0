"""What the labels around an order say: day, number, where the goods go, sums."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from mailflow.domain.document import Dated, Doubt, DoubtKind, TotalOf, WrittenShipTo
from mailflow.domain.naming import normalised
from mailflow.domain.sheet import Written
from mailflow.parsers.contact import address_of, contact_of
from mailflow.parsers.kinds.order_sums import Stated
from mailflow.parsers.labels import Labelled
from mailflow.parsers.meanings import Label, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.sums import Reach, TotalWord, totals_in
from mailflow.parsers.values import date_of, date_readings, money_of, quantity_of, serial_date

SUMS = {
    Label.CASH_TOTAL: TotalOf.CASH,
    Label.EXPENSE_TOTAL: TotalOf.EXPENSE,
    Label.AMOUNT_TOTAL: TotalOf.AMOUNT,
    Label.CASES_TOTAL: TotalOf.CASES,
    Label.TINS_TOTAL: TotalOf.TINS,
}
SAME_TIME = timedelta(days=7)
"""A form may be filled in on another day than it is sent."""
_BLANK = re.compile(r"[\s年月日号时分/\-_.:：]*")
"""A date that is to be filled in by hand."""
_SERIAL = re.compile(r"\d{5}")
WHERE_TO = frozenset(
    {
        *(Label.CONSIGNEE, Label.CONSIGNEE_PHONE, Label.ADDRESS),
        *(Label.DELIVERY_ADDRESS, Label.SHIP_TO),
    }
)
_OF_RECEIPT = re.compile("收|送")
CONTACTS: Mapping[Label, Callable[[str], tuple[str, str]]] = {
    Label.CONSIGNEE: lambda text: (text, ""),
    Label.PHONE: lambda text: ("", text),
    Label.CONSIGNEE_PHONE: lambda text: (text, text),
}
"""Name and number of a cell in which the two cannot be told apart, by its label."""
FIELDS = {
    Meaning.CONSIGNEE: "consignee",
    Meaning.PHONE: "phone",
    Meaning.ADDRESS: "address",
    Meaning.DELIVERY_ADDRESS: "delivery_address",
}


def written(page: Page, label: Labelled) -> Written:
    return page.written(label.text, label.row, label.column)


def all_of(page: Page, labels: Sequence[Labelled], wanted: Label) -> list[Written]:
    return [written(page, x) for x in labels if x.label is wanted]


def order_date(page: Page, labels: Sequence[Labelled]) -> Dated | None:
    """The first date; a line to be filled in by hand (`日期：  年  月  日`) is none. Of two dates far
    from each other nobody knows which counts."""
    stated = [
        _dated(page, label)
        for label in labels
        if label.label is Label.ORDER_DATE and not _BLANK.fullmatch(label.text)
    ]
    for other in stated[1:]:
        days = stated[0].day, other.day
        if days[0] and days[1] and abs(days[0] - days[1]) > SAME_TIME:
            return Dated(f"{stated[0].text} / {other.text}", other.at, None)
    return stated[0] if stated else None


def _dated(page: Page, label: Labelled) -> Dated:
    at = page.place(label.row, label.column)
    day = label.value.day if label.value else None
    if day is None:
        day = date_of(label.text)
    number = label.value.number if label.value else None
    if number is None and _SERIAL.fullmatch(label.text):
        number = Decimal(label.text)
    readings = () if day else date_readings(label.text)
    if day is None and number is not None:
        serial = [serial_date(number, since_1904=since_1904) for since_1904 in (False, True)]
        readings = tuple((d.year, d.month, d.day) for d in serial if d)
        # A bare number in a book that counts from 1904 may have been typed by the other count.
        day = None if page.grid.since_1904 else serial[0]
    return Dated(label.text, at, day, () if day else readings)


def without_signer(below: Sequence[Labelled]) -> Sequence[Labelled]:
    """What is said below the lines, but for the number of who wrote the sheet (`制表：小王  电话：…`):
    one that stands there without a consignee or an address is not where the goods go."""
    if any(x.label in WHERE_TO for x in below):
        return below
    return [x for x in below if x.label is not Label.PHONE or _OF_RECEIPT.search(x.word)]


def ship_to(page: Page, labels: Sequence[Labelled]) -> WrittenShipTo:
    """Name, number and addresses; where one cell holds several of them, taken apart or not at all."""
    names, phones, addresses = [], [], all_of(page, labels, Label.ADDRESS)
    for label in labels:
        both = written(page, label)
        if label.label is Label.SHIP_TO:
            name, phone, address = address_of(label.text) or ("", "", label.text)
            addresses += [replace(both, text=address)] if address else []
        elif label.label in CONTACTS:
            name, phone = contact_of(label.text) or CONTACTS[label.label](label.text)
        else:
            continue
        names += [replace(both, text=name)] if name else []
        phones += [replace(both, text=phone)] if phone else []
    return WrittenShipTo(
        consignee=agreed(names),
        phone=agreed(phones),
        address=agreed(addresses),
        delivery_address=agreed(all_of(page, labels, Label.DELIVERY_ADDRESS)),
    )


def ship_to_of_lines(
    own: Sequence[tuple[Meaning, Written]], said: WrittenShipTo
) -> tuple[WrittenShipTo, tuple[Doubt, ...]]:
    """Where the goods go by the lines' own columns, where no label says it. Lines that go to
    different places are asked about."""
    doubts = []
    for meaning, field in FIELDS.items():
        written = [w for m, w in own if m is meaning]
        if not written:
            continue
        if getattr(said, field) is None:
            said = replace(said, **{field: written[0]})
        keys = [normalised(w.text) for w in written]
        if other := next((w for w, k in zip(written, keys, strict=True) if k != keys[0]), None):
            doubts.append(Doubt(DoubtKind.TABLE_UNCLEAR, other.at, found=other.text))
    return said, tuple(doubts)


def agreed(stated: Sequence[Written]) -> Written | None:
    """What is stated, once. Where the sheet states two things, both in one text: that agrees with
    no register, so it is asked."""
    different = list({normalised(w.text): w for w in reversed(stated)}.values())[::-1]
    if len(different) < 2:
        return different[0] if different else None
    return replace(different[1], text=" / ".join(w.text for w in different))


def labelled_sums(page: Page, labels: Sequence[Labelled], count: int) -> Iterator[Stated]:
    """`现金合计：12,000.00` above or below the table; a word that is no amount is no total."""
    for label in labels:
        of = SUMS.get(label.label)
        if of is None:
            continue
        at, word = page.place(label.row, label.column), TotalWord(Reach.ALL, label.word)
        number = label.value.number if label.value else None
        if number is None and of in (TotalOf.CASES, TotalOf.TINS):
            read = quantity_of(label.text)
            number = read[0] if read else None
        elif number is None:
            number = money_of(label.text)
        if number is not None:
            yield Stated(of, label.text, at, number, word, lines=tuple(range(count)))


def written_sums(page: Page, titles: Sequence[Written], count: int) -> Iterator[Stated]:
    """`以上合计：36箱 216听` or `人民币（大写）：壹万元整` in one cell around the table."""
    for title in titles:
        for of, number, text in totals_in(title.text):
            if title.at is not None:
                word = TotalWord(Reach.ALL, title.text)
                yield Stated(of, text, title.at, number, word, lines=tuple(range(count)))
