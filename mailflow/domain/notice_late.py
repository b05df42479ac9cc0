"""Notices of what comes after a dispatch list is out: it is to be called back, and was or was not."""

from __future__ import annotations

from typing import ClassVar

from mailflow.domain.order import BookedOrder, Listed
from mailflow.domain.register import Person
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class CancelRequestNotice:
    """To the sales admin: an order that is accepted is to be cancelled; `listed` where its list is.

    `by` is who asks, by name; `reason` what he wrote, which may be empty. `is_urged`: he was asked
    before, or another was and did not answer.
    """

    recipient: Person
    order: BookedOrder
    sheet: str
    by: str
    reason: str = ""
    is_urged: bool = False
    listed: Listed = Listed.OUT
    code: ClassVar[str] = "cancel-request"


@dataclass(frozen=True, slots=True)
class ListCancelledNotice:
    """To the warehouse: a list counts no more; what is picked goes back. `contact` is the sales
    admin."""

    order: BookedOrder
    sheet: str
    contact: Person | None
    code: ClassVar[str] = "list-cancelled"


@dataclass(frozen=True, slots=True)
class CancelDecidedNotice:
    """To whoever sent an order that was to be cancelled after its list was out.

    `sheet` is empty where there never was a list. `is_late`: goods have left meanwhile, so that
    nobody could agree any more. `reason` is what the sales admin wrote below his word.
    """

    order: BookedOrder
    sheet: str
    is_cancelled: bool
    by: str
    subject: str
    reason: str = ""
    is_late: bool = False
    code: ClassVar[str] = "cancel-decided"
