"""How a value of a row is told to people and programs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any


def shown(value: Any) -> Any:
    """Instants and days as ISO texts, everything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
