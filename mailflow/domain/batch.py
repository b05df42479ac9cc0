"""A batch is one whatever its writing: width, capitals and spaces do not count."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from mailflow.domain.value import dataclass

LONGEST_KEY = 80


def batch_key(text: str) -> str:
    """`Ｂ 2026 0301` and `b20260301` are one batch; empty where nothing is named."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())[:LONGEST_KEY]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """Goods of one product that left for one distributor in one load.

    `tins` is 0 where a load held several batches of a line and nobody said how many of each: then
    any of them may be all of it. `shipped_on` is None where the warehouse named no day; `at` is
    when its mail was booked. `manager` is an address.
    """

    batch: str
    sku: str
    product: str
    tins: int
    distributor: str
    name: str
    region: str
    manager: str
    order: str
    sheet: str
    shipped_on: date | None
    at: datetime
    carrier: str = ""
    waybill: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """Who got a batch. `unsaid` are goods of the same products that left without a batch being
    named: nobody can say they are none of it. `unbooked` are the open cases of papers about goods
    that left and could not be booked yet: it may stand on them too."""

    batch: str
    lines: tuple[BatchLine, ...]
    unsaid: tuple[BatchLine, ...] = ()
    unbooked: tuple[str, ...] = ()

    @property
    def tins(self) -> int:
        return sum(line.tins for line in self.lines)

    @property
    def has_unsplit(self) -> bool:
        return any(not line.tins for line in self.lines)

    @property
    def distributors(self) -> int:
        return len({line.distributor for line in self.lines})
