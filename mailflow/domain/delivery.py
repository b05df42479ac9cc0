"""What logistics tells of goods under way: delivered, or not yet, or what nobody can make out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from mailflow.domain.batch import batch_key
from mailflow.domain.goods_clock import UnderWay
from mailflow.domain.order import order_of
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass
from mailflow.domain.waybill import WaybillRow

_DELIVERED = pattern(
    r"(?:已|客户|客戶|本人|门卫|仓库|正常|全部)*(?:签收|簽收|送达|送達|妥投|收货|收貨|到货|到貨)(?:了|完成|完毕|成功)?"
    r"|delivered|signed(?: for)?|received"
)
_UNDER_WAY = pattern(
    r"(?:运输|運輸|配送|派送|在途|途中|转运|中转|揽收|已揽收|已发出|已发货|待派送|待签收|未签收|未到|未送达|派件)(?:中|途中)?"
    r"|in transit|under way|on the way|out for delivery|not yet(?: delivered)?"
)


class Doubtful(StrEnum):
    """Variants of the finding `waybill-unclear`."""

    UNKNOWN = "unknown"
    """No load of ours that is under way."""
    STATE = "state"
    """Words for a state that are not known, or say the opposite of the day beside them."""
    DAY = "day"
    """A day before the goods left, or one to come."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """`day` is None where only the fact was told."""

    load: UnderWay
    day: date | None
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing is booked of this row."""

    row: WaybillRow
    why: Doubtful
    said: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the rows of a sheet come to; those that say nothing new are in none of them."""

    delivered: tuple[Delivered, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    noted: int = 0
    """Rows that say that goods are still under way, or were delivered before."""


def told_by(
    rows: Iterable[WaybillRow], loads: Sequence[UnderWay], known: frozenset[str], today: date
) -> Told:
    """`known` are the keys of waybills that were delivered before."""
    delivered: dict[int, Delivered] = {}
    unclear: list[Unclear] = []
    noted = 0
    for row in rows:
        if not (row.state.strip() or row.delivered_on or row.signed_by.strip()):
            continue
        meant = _meant(row, loads)
        doubt = _doubt(row, meant, today)
        if not meant and batch_key(row.waybill) in known:
            noted += 1
        elif doubt is not None:
            unclear.append(Unclear(row, *doubt))
        elif row.delivered_on or row.signed_by.strip() or _says(_DELIVERED, row.state):
            day, by = row.delivered_on, row.signed_by.strip()
            delivered |= {load.id: Delivered(load, day, by) for load in meant}
        else:
            noted += 1
    return Told(tuple(delivered.values()), tuple(unclear), noted)


def _meant(row: WaybillRow, loads: Sequence[UnderWay]) -> list[UnderWay]:
    """By waybill; one waybill may carry several lists, and a list named beside it tells which."""
    key = batch_key(row.waybill)
    mine = [load for load in loads if key and batch_key(load.waybill) == key]
    if row.list_no:
        named = order_of(row.list_no.strip().upper().split(" ")[0])
        mine = [load for load in mine if load.order == named]
    return mine


def _doubt(row: WaybillRow, meant: Sequence[UnderWay], today: date) -> tuple[Doubtful, str] | None:
    if not meant:
        return Doubtful.UNKNOWN, row.waybill
    state, day = row.state.strip(), row.delivered_on
    is_there, is_not = _says(_DELIVERED, state), _says(_UNDER_WAY, state)
    if (state and not (is_there or is_not)) or (is_not and (day or row.signed_by.strip())):
        return Doubtful.STATE, state
    if day and (day > today or any(day < load.shipped_on for load in meant)):
        return Doubtful.DAY, day.isoformat()
    return None


def _says(pattern: re.Pattern[str], state: str) -> bool:
    return bool(pattern.fullmatch(state.strip().casefold().rstrip("。.!！")))
