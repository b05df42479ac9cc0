"""What consumers said when customer service called them back (S10), and what became of their sample
tins (S11)."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Literal

from mailflow.domain.report import Count, Report, ReportRow
from mailflow.domain.value import dataclass


class Outcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong-number"


class Use(StrEnum):
    """What became of a sample tin."""

    USED = "used"
    PARTLY = "partly"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRow(ReportRow):
    """A call, or all calls of a store where the sheet is summed up by store.

    `result` and `used` are what the sheet says, `outcome` and `use` what that means; None where it
    says nothing, or what nobody can tell. `given`, `used_up` and `wasted` count sample tins; `calls`,
    `reached` and `users` count people of a store. Who was called stands in no log, whatever prints
    a row there.
    """

    remark: str = field(default="", repr=False)
    store_code: str = ""
    store: str = ""
    distributor_code: str = ""
    distributor: str = ""
    region: str = ""
    consumer: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    baby: str = field(default="", repr=False)
    product: str = ""
    called_on: date | None = None
    caller: str = ""
    result: str = ""
    outcome: Outcome | None = None
    used: str = ""
    use: Use | None = None
    given: Count | None = None
    used_up: Count | None = None
    wasted: Count | None = None
    calls: Count | None = None
    reached: Count | None = None
    users: Count | None = None
    satisfaction: str = ""
    feedback: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBacks(Report):
    """The head may say `store`, `distributor`, `region`, `caller` and `date` of all rows."""

    rows: tuple[CallBackRow, ...] = ()
    kind: Literal["call-backs"] = "call-backs"
