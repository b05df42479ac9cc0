"""What is the same for every mail of a house."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from mailflow.domain.naming import Lexicon
from mailflow.rules.check import Weights


@dataclass(frozen=True, slots=True)
class House:
    """The house's language, zone and weights of checks."""

    lexicon: Lexicon
    weights: Weights
    language: str
    zone: ZoneInfo
    shadow: bool = False
