"""Who bought our formula for a child (S10). What stands here goes to nobody but customer service."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from mailflow.domain.report import Count, Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerRow(ReportRow):
    """`phone` is as written, leading zeros and all; empty where it may have lost one. `born_on` may
    be the day a child is expected. Who they are stands in no log, whatever prints a row there."""

    remark: str = field(default="", repr=False)
    consumer: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    baby: str = field(default="", repr=False)
    born_on: date | None = field(default=None, repr=False)
    store_code: str = ""
    store: str = ""
    distributor_code: str = ""
    distributor: str = ""
    region: str = ""
    city: str = ""
    address: str = field(default="", repr=False)
    product: str = ""
    bought: Count | None = None
    bought_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumers(Report):
    """The head may say `store`, `distributor`, `region` and `date` of all rows."""

    rows: tuple[ConsumerRow, ...] = ()
    kind: Literal["consumers"] = "consumers"
