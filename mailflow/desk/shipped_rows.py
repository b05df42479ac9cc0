"""What a filled list or a shipping report tells of each dispatch list: its loads, or what hinders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from mailflow.desk.shipped_doubts import OF_ALL, ByRow, Told, doubts_by_row
from mailflow.domain.batch import batch_key
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Product
from mailflow.domain.report import Count
from mailflow.domain.shipment import ShipmentRow
from mailflow.domain.shipping import ListOut, Load, SentLine, Tins, tins_of
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfList:
    """What one mail tells of one list. `revision` is None where it names none.

    With `hindrances` nothing of it is booked. `unsaid` are lines that do not say what was sent.
    `all_of_it`: by words, and not line by line.
    """

    number: str
    revision: int | None
    loads: tuple[Load, ...] = ()
    hindrances: tuple[Finding, ...] = ()
    unsaid: tuple[Finding, ...] = field(default=())
    all_of_it: bool = False


def list_numbers(documents: Sequence[Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.list_no for d in documents for row in d.rows if row.list_no))


def told_in(
    document: Told, lexicon: Lexicon, lists: Mapping[str, Sequence[ListOut]]
) -> tuple[ToldOfList, ...]:
    """By list and revision. `lists` has the revisions of every list that is known."""
    groups: dict[tuple[str, str], list[ShipmentRow]] = {}
    for row in document.rows:
        groups.setdefault((row.list_no, row.revision), []).append(row)
    hindrances, unsaid = doubts_by_row(document)
    return tuple(
        _told(
            document, lexicon, (number, revision, rows), lists.get(number, ()), hindrances, unsaid
        )
        for (number, revision), rows in groups.items()
    )


def _told(
    document: Told,
    lexicon: Lexicon,
    group: tuple[str, str, Sequence[ShipmentRow]],
    revisions: Sequence[ListOut],
    hindrances: ByRow,
    unsaid: ByRow,
) -> ToldOfList:
    number, revision, rows = group
    mine = [row.row for row in rows]
    hindered = [f for row in (OF_ALL, *mine) for f in hindrances.get(row, ())]
    stated = int(revision) if revision.isdigit() else None
    sheet = next((s for s in revisions if stated in (None, s.revision)), None)
    goods = _Goods(document, lexicon, sheet)
    loads = tuple(goods.loads(rows))
    return ToldOfList(
        number=number,
        revision=stated,
        loads=() if hindered or goods.unclear else loads,
        hindrances=(*hindered, *goods.unclear),
        unsaid=tuple(f for row in mine for f in unsaid.get(row, ())),
    )


class _Goods:
    """The goods of one list, line by line; what cannot be told is kept in `unclear`."""

    def __init__(self, document: Told, lexicon: Lexicon, sheet: ListOut | None) -> None:
        self.document, self.lexicon, self.sheet = document, lexicon, sheet
        self.listed: Tins = sheet.tins if sheet else {}
        self.unclear: list[Finding] = []

    def loads(self, rows: Sequence[ShipmentRow]) -> Iterator[Load]:
        trucks: dict[tuple[str, object], list[tuple[ShipmentRow, SentLine]]] = {}
        for row, line in self._lines(rows):
            day = row.shipped_on or self.document.shipped_on
            key = batch_key(row.waybill or self._head("waybill")), day
            trucks.setdefault(key, []).append((row, line))
        for each in trucks.values():
            if not tins_of((line.sku, line.tins) for _, line in each):
                continue
            first = each[0][0]
            yield Load(
                lines=tuple(line for _, line in each),
                carrier=first.carrier or self._head("carrier"),
                waybill=first.waybill or self._head("waybill"),
                shipped_on=first.shipped_on or self.document.shipped_on,
            )

    def _head(self, field: str) -> str:
        said = self.document.said(field)
        return said.text.strip() if said else ""

    def _lines(self, rows: Sequence[ShipmentRow]) -> Iterator[tuple[ShipmentRow, SentLine]]:
        for line in _lines_of(rows):
            product = self._product(line[0])
            if product is None:
                continue
            tins = [self._tins(row, product) for row in line]
            if self._is_split_unclear(line[0], tins, product):
                self._doubt(line[0], "split", product.name)
                continue
            for row, number in zip(line, tins, strict=True):
                if number or row.batch:
                    yield row, self._sent(row, product, number or 0)

    def _product(self, row: ShipmentRow) -> Product | None:
        said = (row.code or None, row.name or None, row.spec or None)
        match = self.lexicon.match(*said)
        product = match.product if match.code_known and match.name_known else None
        if product is None and row.shipped is not None:
            self._doubt(row, "product", " ".join(filter(None, (row.code, row.name))))
        return product

    def _tins(self, row: ShipmentRow, product: Product) -> int | None:
        if row.shipped is None:
            return None
        tins = tins_told(row.shipped, product, self.listed.get(product.sku, 0), row.ordered)
        if tins is None:
            self._doubt(row, "quantity", product.name)
        return tins

    def _is_split_unclear(
        self, row: ShipmentRow, tins: Sequence[int | None], product: Product
    ) -> bool:
        """The number beside a batch is that batch's; where all together are more than was to be
        sent and the first alone is not, the first may be the sum."""
        stated = [number for number in tins if number]
        if len(stated) < 2:
            return False
        listed = self.listed.get(product.sku, 0)
        due = tins_told(row.ordered, product, listed, row.ordered) if row.ordered else None
        return sum(stated) > max(listed, due or 0) >= stated[0]

    def _sent(self, row: ShipmentRow, product: Product, tins: int) -> SentLine:
        return SentLine(
            sku=product.sku,
            tins=tins,
            batch=row.batch.strip(),
            produced=row.produced,
            expires=row.expires,
            list_position=self._position(row, product.sku),
        )

    def _position(self, row: ShipmentRow, sku: str) -> int | None:
        lines = self.sheet.lines if self.sheet else ()
        mine = [line.position for line in lines if line.sku == sku]
        stated = int(row.line_no) - 1 if row.line_no.isdecimal() else None
        return stated if stated in mine else next(iter(mine), None)

    def _doubt(self, row: ShipmentRow, variant: str, found: str) -> None:
        at = next(self.document.places(row, "shipped"), self.document.first_cell(row))
        self.unclear.append(unclear(variant, found, at=at, where=self.document.where))


def unclear(variant: str, found: str, **more: object) -> Finding:
    """What nobody but the warehouse can settle."""
    return Finding(
        "shipment-unclear",
        Severity.ERROR,
        Asked.SENDER,
        found=found,
        variant=variant,
        **more,  # type: ignore[arg-type] # a place and an area
    )


def _lines_of(rows: Sequence[ShipmentRow]) -> Iterator[Sequence[ShipmentRow]]:
    """The rows of each line: its own, and those of its further batches."""
    line: list[ShipmentRow] = []
    for row in rows:
        if line and not row.same_line:
            yield line
            line = []
        line.append(row)
    if line:
        yield line


def tins_told(count: Count, product: Product, listed: int, ordered: Count | None) -> int | None:
    """Whole tins, or None. A number without a unit is understood where the same column or the one
    beside it names what the list says in one unit."""
    pack = product.tins_per_case
    found = set()
    if count.cases is not None:
        found.add(count.cases * pack + count.loose)
    if count.tins is not None:
        found.add(count.tins)
    if not found and count.units is not None and ordered is not None:
        sizes = {
            size
            for size in (1, pack)
            if ordered.units is not None and ordered.units * size == listed
        }
        found = {count.units * size for size in sizes} if listed else set()
    if len(found) != 1:
        return None
    tins = found.pop()
    return int(tins) if tins == int(tins) and tins >= 0 else None
