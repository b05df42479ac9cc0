"""The letters that the clock brings about goods: still to be sent, under way, delivered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from mailflow.domain.goods_clock import LateList, UnderWay
from mailflow.domain.order import BookedOrder
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class ShipReminderNotice:
    """To the warehouse, one a day: lists that are to leave today or tomorrow, or should have; or to
    the sales admin: those that should have since yesterday (`is_escalated`)."""

    recipient: Person
    lists: tuple[LateList, ...]
    is_escalated: bool = False
    code: ClassVar[str] = "ship-reminder"

    @property
    def late(self) -> tuple[LateList, ...]:
        return tuple(each for each in self.lists if each.over > 0)

    @property
    def soon(self) -> tuple[LateList, ...]:
        return tuple(each for each in self.lists if each.over <= 0)


@dataclass(frozen=True, slots=True)
class WaybillsNotice:
    """To logistics: where are these goods? The answer is the sheet, filled in."""

    recipient: Person
    loads: tuple[UnderWay, ...]
    code: ClassVar[str] = "waybill-request"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredNotice:
    """To the manager: goods of one list were delivered. `delivered_on` is None where only the fact
    was told; `under_way` counts the loads of the list that still are."""

    order: BookedOrder
    sheet: str
    subject: str
    waybills: tuple[UnderWay, ...]
    delivered_on: date | None
    signed_by: str = ""
    under_way: int = 0
    code: ClassVar[str] = "goods-delivered"


@dataclass(frozen=True, slots=True)
class WaybillFile:
    """The sheet to be filled in."""

    day: date
    loads: tuple[UnderWay, ...]
    language: str = "zh"
