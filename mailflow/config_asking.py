"""How long people have to answer, and who stands in for whom, as configured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator, model_validator

from mailflow.config_secret import Strict

BARE = r"[^\s<>@,;\"]+@[^\s<>@,;\"]+"


class TermConfig(Strict):
    """Working days after which a person is reminded, and his deputy asked."""

    remind: int = Field(default=1, ge=1, le=5)
    due: int = Field(default=2, ge=1, le=5)

    @model_validator(mode="after")
    def _reminded_first(self) -> TermConfig:
        if self.remind > self.due:
            raise ValueError("remind comes before due: write fewer days, or as many")
        return self


class ShortagesConfig(Strict):
    """Whether supplementary lists are asked about, or go by themselves."""

    supply: Literal["ask", "release"] = "ask"


class RegistersConfig(Strict):
    """Whether what a mailed register changes is shown to its sender first, or holds at once."""

    apply: Literal["ask", "at-once"] = "ask"


class AnnouncementsConfig(Strict):
    """`at_once`: up to so many people get an announcement without its sender being asked whether it
    goes; `remind`: working days after which whoever has not confirmed one is asked again."""

    at_once: int = Field(default=10, ge=0, le=200)
    remind: int = Field(default=2, ge=1, le=20)


class AskingConfig(Strict):
    """Who is asked has so long; `deputies` stand in by address."""

    sales_admin: TermConfig = TermConfig()
    finance: TermConfig = TermConfig()
    marketing_gm: TermConfig = TermConfig()
    deputies: Mapping[str, str] = {}

    @field_validator("deputies")
    @classmethod
    def _two_people(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for address in (*value, *value.values()):
            if not re.fullmatch(BARE, address):
                raise ValueError(f"{address!r} is no bare address: write who@example.com")
        if same := [who for who, deputy in value.items() if who.casefold() == deputy.casefold()]:
            raise ValueError(f"{same[0]} stands in for himself: name somebody else")
        return value
