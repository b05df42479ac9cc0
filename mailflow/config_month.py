"""The days of the month, as configured."""

from __future__ import annotations

from datetime import time
from typing import Literal

from pydantic import Field, field_validator, model_validator

from mailflow.config_secret import Strict
from mailflow.domain.month_clock import MonthPlan, Roll


class MonthConfig(Strict):
    """Days on which managers are reminded of inventory reports, and on which these are due; `roll`
    says where a day of rest goes, `of` whether the report of this month is due or of the last."""

    remind: int = Field(default=18, ge=1, le=28)
    due: int = Field(default=20, ge=1, le=28)
    at: time = time(9)
    roll: Literal["next", "previous"] = "next"
    of: Literal["current", "previous"] = "current"

    @field_validator("at", mode="before")
    @classmethod
    def _clock_time(cls, value: object) -> object:
        # YAML 1.1 reads an unquoted 17:30 as the number 1050 (base 60).
        if isinstance(value, int):
            return time(value // 60 % 24, value % 60)
        return value

    @model_validator(mode="after")
    def _reminded_first(self) -> MonthConfig:
        if self.remind > self.due:
            raise ValueError("remind comes before due: write an earlier day, or the same")
        return self

    @property
    def plan(self) -> MonthPlan:
        return MonthPlan(self.remind, self.due, self.at, Roll(self.roll), self.of == "current")
