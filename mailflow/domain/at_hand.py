"""What an order may get when somebody lets it go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mailflow.domain.allocation import Free
from mailflow.domain.shortfall import Shortfalls
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class AtHand:
    """`stock` is what is free in each warehouse, `shortfalls` what sample tins are taken off for; both
    as if this order had got nothing yet."""

    stock: Mapping[str, Free] = field(default_factory=dict)
    shortfalls: Shortfalls = field(default_factory=dict)
