"""An hour of the clock, as YAML gives it."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import BeforeValidator


def _clock_time(value: object) -> object:
    # YAML 1.1 reads an unquoted 17:30 as the number 1050 (base 60).
    if isinstance(value, int):
        return time(value // 60 % 24, value % 60)
    return value


ClockTime = Annotated[time, BeforeValidator(_clock_time)]
