"""A finding is an answer of a check that matters; its words come from a catalogue by its code."""

from __future__ import annotations

from enum import StrEnum

from mailflow.domain.sheet import Place, Span
from mailflow.domain.value import dataclass


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Asked(StrEnum):
    """Who settles a finding (rulings of the desk, 2: said by the check, not by the severity)."""

    NOBODY = "nobody"
    SENDER = "sender"
    SALES_ADMIN = "sales_admin"
    FINANCE = "finance"
    MARKETING_GM = "marketing_gm"
    OWNER = "owner"
    """Whoever a step of a request lies with; the request tells who that is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`variant` picks a wording of the code's catalogue entry; `details` fill its other blanks.

    `found`, `expected` and `proposal` are the values a person compares; all are plain text.
    `at` is the exact cell; `where` a wider area when there is no single cell.
    """

    code: str
    severity: Severity
    asked: Asked
    at: Place | None = None
    where: Span | None = None
    found: str = ""
    expected: str = ""
    proposal: str = ""
    variant: str = ""
    details: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """`Sheet1!E8`, or an empty text for a finding about the whole mail."""
        return str(self.at or self.where or "")
