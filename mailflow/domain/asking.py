"""How long people have to answer, how they are urged, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from mailflow.domain.finding import Asked
from mailflow.domain.value import dataclass

OPEN_FOR = 5
"""Working days a question is open, and a returned order waits for its correction."""


class Urging(StrEnum):
    """Why a person is written to about what was asked before."""

    NONE = "none"
    REMINDER = "reminder"
    DEPUTY = "deputy"
    """Whoever was asked did not answer, and he stands in for him."""
    HANDOVER = "handover"
    """The distributor has moved to his region."""


@dataclass(frozen=True, slots=True)
class Term:
    """Working days after which a person is reminded, and after which his deputy is asked."""

    remind: int = 1
    due: int = 2


@dataclass(frozen=True, slots=True)
class Asking:
    """`deputies`: who stands in for whom, by address, in small letters."""

    terms: Mapping[Asked, Term] = field(default_factory=dict)
    deputies: Mapping[str, str] = field(default_factory=dict)

    def term(self, role: Asked) -> Term:
        return self.terms.get(role, Term())

    def deputy_of(self, address: str) -> str | None:
        return self.deputies.get(address.casefold())

    def stands_in_for(self, address: str) -> tuple[str, ...]:
        wanted = address.casefold()
        return tuple(who for who, deputy in self.deputies.items() if deputy.casefold() == wanted)
