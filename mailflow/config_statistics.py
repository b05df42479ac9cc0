"""Which statistics leave by themselves, when and to whom, as configured."""

from __future__ import annotations

from datetime import time
from typing import Literal

from pydantic import field_validator

from mailflow.config_secret import Strict


class StatisticsConfig(Strict):
    """On the first working day after a month, a quarter or a year, to the people of these roles."""

    month: bool = True
    quarter: bool = True
    year: bool = True
    at: time = time(8)
    to: tuple[Literal["marketing_gm", "sales_admin", "finance"], ...] = (
        "marketing_gm",
        "sales_admin",
    )

    @field_validator("at", mode="before")
    @classmethod
    def _clock_time(cls, value: object) -> object:
        # YAML 1.1 reads an unquoted 17:30 as the number 1050 (base 60).
        if isinstance(value, int):
            return time(value // 60 % 24, value % 60)
        return value
