"""Specimens of the statistics, with invented figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mailflow.domain.notice import Letter
from mailflow.domain.notice_statistics import (
    StatisticsFile,
    StatisticsNotice,
    StatisticsPictures,
)
from mailflow.domain.period import Grain, Period
from mailflow.domain.statistics import DeskFigures, Figures, Line, Statistics

MADE = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
NOW = Figures(
    orders=114, tins=82_494, cash=Decimal("9804442.86"), expense=Decimal("1041072.18"),
    shipped=86_406, short=138, on_time=101, late=13, paid=Decimal("8823998.35"),
    owed=Decimal("21749260.14"),
)  # fmt: skip
BEFORE = replace(
    NOW, orders=116, cash=Decimal("10220355.18"), short=126, paid=Decimal("9198319.47")
)


def specimen_statistics() -> Statistics:
    half = Figures(orders=57, cash=Decimal("4902221.43"), owed=Decimal("1502509.07"))
    regions = (Line("河南", "河南", NOW, half, BEFORE), Line("湖南", "湖南", half, NOW, Figures()))
    desk = DeskFigures(133, 133, 116, 17, 0, 0, (("loose-tins", 7), ("price-mismatch", 3)))
    return Statistics(
        period=Period(Grain.MONTH, 2026, 10),
        made=MADE,
        total=Line("", "", NOW, BEFORE, BEFORE),
        regions=regions,
        managers=(Line("rm.henan@chenlu.example", "河南区域经理", NOW, BEFORE, BEFORE),),
        distributors=(Line("HE1001", "南阳童之家", NOW, BEFORE, BEFORE, "河南"),),
        products=(Line("CL-JZ1-900", "金装1段", NOW, BEFORE, BEFORE),),
        months=(
            (date(2026, 7, 1), "河南", Decimal("8840120.30")),
            (date(2026, 8, 1), "河南", Decimal("9412008.00")),
            (date(2026, 9, 1), "河南", Decimal("6360919.20")),
            (date(2026, 9, 1), "湖南", Decimal("4900508.16")),
            (date(2026, 10, 1), "河南", Decimal("5943293.61")),
            (date(2026, 10, 1), "湖南", Decimal("4902221.43")),
        ),
        desk=desk,
        desk_before=DeskFigures(),
    )


def statistics_letters(language: str) -> tuple[Letter, ...]:
    """The usual one; and one that says all that is unusual."""
    usual = specimen_statistics()
    unusual = replace(
        usual,
        period=Period(Grain.QUARTER, 2026, 4),
        total=Line("", "", NOW, Figures(), Figures()),
        regions=tuple(
            replace(line, key=f"{n}", name="") for n, line in enumerate(usual.regions * 7)
        ),
        unlike_ledger=(Decimal("-1208.00"), Decimal("0.00")),
        only=("河南", "湖南"),
        is_over=False,
    )
    return tuple(
        Letter(
            notice=StatisticsNotice(statistics),
            to=("gm@chenlu.example",),
            subject_id=f"statistics-{statistics.period}",
            language=language,
            enclosures=(
                StatisticsFile(statistics, language),
                StatisticsPictures(statistics, language),
            ),
        )
        for statistics in (usual, unusual)
    )
