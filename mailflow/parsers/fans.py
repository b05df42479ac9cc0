"""Names over columns: which of them tell whose the figures below are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailflow.parsers.headings import Fan, FanKind, Heading, Word
from mailflow.parsers.meanings import QUANTITIES, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.vocabulary import meaning_of, without_unit


def fans_that_tell_apart(page: Page, headings: Sequence[Heading]) -> list[Heading]:
    """One distributor, product or funding over a column says whose its figures are only where no
    other columns count the same goods."""
    by_kind: dict[FanKind, set[str]] = {}
    for fan in (h.fan for h in headings if h.fan):
        by_kind.setdefault(fan.kind, set()).add(page.known.customer_key(fan.text))
    whole = any(h.meaning in QUANTITIES and not h.fan for h in headings)
    kept = {kind for kind, names in by_kind.items() if len(names) >= 2}
    if not whole:
        kept |= by_kind.keys() - {FanKind.STAGE}
    if FanKind.DISTRIBUTOR in kept:
        kept -= {FanKind.PRODUCT, FanKind.FUNDING}
    found = []
    for heading in headings:
        if not heading.fan or heading.fan.kind in kept:
            found.append(heading)
        elif heading.fan.kind is FanKind.FUNDING:
            whose = _unknown_above(page, heading) if FanKind.DISTRIBUTOR in kept else None
            gift = replace(heading, meaning=Meaning.GIFT, fan=None)
            found.append(replace(heading, fan=whose) if whose else gift)
    return found


def _unknown_above(page: Page, heading: Heading) -> Fan | None:
    """The name nobody knows that stands over `现金` and `费用`, among others that are known."""
    fan = heading.fan
    if fan is None or not heading.header.endswith(f" {fan.text}"):
        return None
    name = heading.header.removesuffix(f" {fan.text}")
    row = fan.row - 1
    above = [c for c, text in page.texts(row) if text == name and c <= heading.column]
    if not above or meaning_of(name) is not None:
        return None
    paid = Word(fan.text, (fan.row, fan.column))
    return Fan(FanKind.DISTRIBUTOR, without_unit(name), row, above[-1], paid)
