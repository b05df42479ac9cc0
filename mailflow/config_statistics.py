"""Which statistics leave by themselves, when and to whom, as configured."""

from __future__ import annotations

from datetime import time
from typing import Literal

from mailflow.config_secret import Strict
from mailflow.config_times import ClockTime


class StatisticsConfig(Strict):
    """On the first working day after a month, a quarter or a year, to the people of these roles."""

    month: bool = True
    quarter: bool = True
    year: bool = True
    at: ClockTime = time(8)
    to: tuple[Literal["marketing_gm", "sales_admin", "finance"], ...] = (
        "marketing_gm",
        "sales_admin",
    )
