"""A list of consumers, row by row: who may be called back, and what is asked at which cell (S10).

No finding repeats who somebody is: of a number it shows the ends, of a name nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mailflow.domain.consumer_list import Consumer, KnownConsumer
from mailflow.domain.consumers import Consumers
from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.naming import Lexicon
from mailflow.domain.sheet import Place
from mailflow.domain.value import dataclass
from mailflow.rules.consumer_rows import ConsumerReader, consumer_finding
from mailflow.rules.phones import phone_of

MOST_ROWS = 10_000
"""A longer list is looked at by a person."""
KEPT = frozenset(
    {
        *("consumer", "phone", "baby", "product"),
        *("store_code", "store", "distributor_code", "distributor", "region"),
    }
)
"""Columns that are taken over: what is doubted in another one matters to nobody."""


@dataclass(frozen=True, slots=True)
class JudgedConsumers:
    """`taken` in the order of the sheet. `again` are rows of people who are on this list or an earlier
    one already; `asked` are those that somebody has to mend. `whole`: what is asked concerns the
    sheet as a whole, and none of its rows is taken."""

    taken: tuple[Consumer, ...] = ()
    again: tuple[Finding, ...] = ()
    asked: tuple[Finding, ...] = ()
    whole: bool = False
    places: Mapping[str, Place] = field(default_factory=dict, repr=False)
    """Where each number stands that is taken, by key."""


def phones_in(sheet: Consumers) -> frozenset[str]:
    """The keys of all numbers of a list, to be looked up together."""
    return frozenset(phone.key for row in sheet.rows if (phone := phone_of(row.phone)))


def judged_consumers(
    sheet: Consumers,
    facts: Facts,
    lexicon: Lexicon,
    known: Mapping[str, KnownConsumer],
    before: Mapping[str, Place],
) -> JudgedConsumers:
    """`known` are numbers of earlier lists, `before` those of earlier sheets of the same mail, by key."""
    rows = {row.row for row in sheet.rows}
    doubts = tuple(d for d in sheet.doubts if _matters(sheet, d))
    around = tuple(_doubted(sheet, d) for d in doubts if d.at is None or d.at.row not in rows)
    if sheet.more_doubts or around:
        more = (consumer_finding(sheet, "consumer-doubts", None, found=str(sheet.more_doubts)),)
        return JudgedConsumers(asked=around + (more if sheet.more_doubts else ()), whole=True)
    of_row: dict[int, list[Finding]] = {}
    for doubt in doubts:
        if doubt.at is not None:
            of_row.setdefault(doubt.at.row, []).append(_doubted(sheet, doubt))
    reader = ConsumerReader(sheet, facts, lexicon, known, dict(before))
    taken: list[Consumer] = []
    again: list[Finding] = []
    asked: list[Finding] = []
    for row in sheet.rows:
        found = reader.read(row, of_row.get(row.row, []))
        if isinstance(found, Consumer):
            taken.append(found)
        elif isinstance(found, Finding):
            again.append(found)
        else:
            asked.extend(found)
    return JudgedConsumers(tuple(taken), tuple(again), tuple(asked), places=reader.seen)


def _matters(sheet: Consumers, doubt: Doubt) -> bool:
    """A doubt about a column that nothing is taken from does not hinder; what a row lacks is told
    here more exactly."""
    at = doubt.at
    if doubt.kind is DoubtKind.NAME_MISSING:
        return False
    if at is None:
        return True
    fields = [column.field for column in sheet.columns if column.at.column == at.column]
    return not fields or any(field in KEPT for field in fields)


def _doubted(sheet: Consumers, doubt: Doubt) -> Finding:
    """The reader hides itself what stands in a personal column."""
    return Finding(
        "report-doubt",
        Severity.WARNING,
        Asked.SENDER,
        at=doubt.at,
        where=sheet.where,
        found=doubt.found,
        variant=doubt.kind.value,
    )
