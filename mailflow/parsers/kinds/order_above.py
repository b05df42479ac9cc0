"""What is said once of all lines of a table: how they are paid, their unit, the weight of a tin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mailflow.domain.document import OrderLine
from mailflow.domain.packing import LIGHTEST, pack_of
from mailflow.domain.quantity import Unit
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass
from mailflow.parsers.layout import Table
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.sections import Section

LONGEST_TITLE = 24
_POLICY = re.compile(r"[满送赠换返减起达]|免费|free|gift|bonus", re.IGNORECASE)
"""`满10箱送900g一听` says nothing of the lines below it."""


LONGEST_CALL = 60
_SOME = re.compile(
    rf"{_POLICY.pattern}|[含另附及和与跟、+&]|加(?!单|急|订)|and|with|plus", re.IGNORECASE
)
"""`订单（含400g）` says nothing of all lines."""


@dataclass(frozen=True, slots=True)
class Above:
    """`pack` is a weight, as of a list titled `400克装订货单`. `over` says that the section goes on
    from the page before, where its total is stated already."""

    section: Section | None = None
    unit: Unit | None = None
    pack: Written | None = None
    over: bool = False


def pack_said(texts: Iterable[Written]) -> Written | None:
    """The last text that states one weight; of a policy or a sentence none is taken."""
    found = None
    for written in texts:
        if len(written.text) <= LONGEST_TITLE and not _POLICY.search(written.text):
            weight, _ = pack_of(written.text)
            if weight is not None:
                found = Written(f"{weight}g", written.at)
    return found


def pack_called(texts: Iterable[Written]) -> Written | None:
    """The one weight that subject and names of files state of all they are about."""
    said = {
        weight
        for written in texts
        if len(written.text) <= LONGEST_CALL and not _SOME.search(written.text)
        if (weight := pack_of(written.text)[0]) is not None and weight >= LIGHTEST
    }
    return Written(f"{said.pop()}g") if len(said) == 1 else None


def case_said(table: Table) -> Written | None:
    """How many tins are in a case, where the heading of counted cases says it: `箱数（每箱12罐）`. None
    where two columns say two things."""
    said = {
        tins: table.page.written(f"{tins}听/箱", heading.row, heading.column)
        for heading in table.headings
        if heading.meaning in (Meaning.CASES, Meaning.QUANTITY)
        if (tins := pack_of(heading.header)[1]) is not None
    }
    return next(iter(said.values())) if len(said) == 1 else None


def with_case(line: OrderLine, said: Written | None) -> OrderLine:
    """The line with what a case holds by its heading, where it says nothing of that itself."""
    own = [w.text for w in (line.name, line.spec) if w]
    if said is None or any(pack_of(text)[1] is not None for text in own):
        return line
    if line.spec:
        return replace(line, spec=replace(line.spec, text=f"{line.spec.text} {said.text}"))
    return replace(line, spec=said)


def with_pack(line: OrderLine, said: Written | None) -> OrderLine:
    """The line with the weight that is said above, where it states none itself: a name that fits
    another product then is asked about, and not taken for the usual one."""
    if said is None:
        return line
    own = [w.text for w in (line.name, line.spec) if w]
    if any(pack_of(text)[0] is not None for text in own):
        return line
    if line.spec:
        return replace(line, spec=replace(line.spec, text=f"{said.text} {line.spec.text}"))
    named = line.name or line.code
    at = said.at or (named.at if named else None)  # what the mail says is asked at the line
    return replace(line, spec=Written(said.text, at))
