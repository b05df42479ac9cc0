"""Orders to rows and back; a whole order is kept as JSON beside the columns that are searched."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from mailflow.domain.finding import Finding
from mailflow.domain.order import BookedOrder

ORDER = TypeAdapter(BookedOrder)
FINDINGS = TypeAdapter(tuple[Finding, ...])


def cents(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def order_to_json(order: BookedOrder) -> Any:
    return ORDER.dump_python(order, mode="json")


def order_from_json(content: Any) -> BookedOrder:
    return ORDER.validate_python(content, strict=False)


def findings_to_json(findings: Sequence[Finding]) -> Any:
    return FINDINGS.dump_python(tuple(findings), mode="json")


def findings_from_json(content: Any) -> tuple[Finding, ...]:
    return FINDINGS.validate_python(content, strict=False)
