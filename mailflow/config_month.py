"""The days of the month, as configured."""

from __future__ import annotations

from datetime import time
from typing import Literal

from pydantic import Field, model_validator

from mailflow.config_secret import Strict
from mailflow.config_times import ClockTime
from mailflow.domain.consolidation import Limits
from mailflow.domain.month_clock import MonthPlan, PaymentPlan, Roll
from mailflow.domain.statement_clock import StatementPlan


class StatementsConfig(Strict):
    """The day on which statements of account of the last month go out, and the hour."""

    day: int = Field(default=1, ge=1, le=28)
    at: ClockTime = time(9)

    @property
    def plan(self) -> StatementPlan:
        return StatementPlan(self.day, self.at)


class RoundConfig(Strict):
    """The day on which people are reminded and the one on which something is due, 1 to 28; `roll`
    says where a day of rest goes."""

    remind: int = Field(ge=1, le=28)
    due: int = Field(ge=1, le=28)
    at: ClockTime = time(9)
    roll: Literal["next", "previous"] = "next"

    @model_validator(mode="after")
    def _reminded_first(self) -> RoundConfig:
        if self.remind > self.due:
            raise ValueError("remind comes before due: write an earlier day, or the same")
        return self


class PaymentsConfig(RoundConfig):
    """Days on which managers and distributors are reminded of what they owe."""

    remind: int = Field(default=22, ge=1, le=28)
    due: int = Field(default=25, ge=1, le=28)

    @property
    def plan(self) -> PaymentPlan:
        return PaymentPlan(self.remind, self.due, self.at, Roll(self.roll))


class MonthConfig(RoundConfig):
    """Days on which managers are reminded of inventory reports, and on which these are due; `of`
    says whether the report of this month is due or of the last."""

    remind: int = Field(default=18, ge=1, le=28)
    due: int = Field(default=20, ge=1, le=28)
    of: Literal["current", "previous"] = "current"
    near_expiry_months: int = Field(default=6, ge=1, le=36)
    overstock_days: int = Field(default=90, ge=1)
    running_dry_days: int = Field(default=15, ge=1)

    @property
    def plan(self) -> MonthPlan:
        limits = Limits(self.near_expiry_months, self.overstock_days, self.running_dry_days)
        return MonthPlan(
            self.remind, self.due, self.at, Roll(self.roll), self.of == "current", limits
        )
