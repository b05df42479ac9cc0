"""The statistics as a letter, and what goes with it."""

from __future__ import annotations

from typing import ClassVar

from mailflow.domain.statistics import Statistics
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class StatisticsNotice:
    """To the marketing head, sales admins and who asks: the statistics of a period."""

    statistics: Statistics
    code: ClassVar[str] = "statistics"


@dataclass(frozen=True, slots=True)
class StatisticsFile:
    """The statistics as a workbook with charts."""

    statistics: Statistics
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class StatisticsPictures:
    """The same as pictures in the letter itself."""

    statistics: Statistics
    language: str = "zh"
