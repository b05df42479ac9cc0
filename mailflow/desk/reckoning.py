"""What a mail tells of lists, reckoned against them: what is booked, what differs, what hinders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from mailflow.desk.shipped_rows import ToldOfList, unclear
from mailflow.domain.access import may_in
from mailflow.domain.access_table import Action
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.order import IN_BOOKS, BookedOrder
from mailflow.domain.register import Register
from mailflow.domain.shipping import (
    Counted,
    Difference,
    ListOut,
    Load,
    Tins,
    counted,
    differences,
    together,
)
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What is known of the lists that a mail names. `lists` are all revisions of each, the newest
    first; `orders` by the list's number the order that its newest revision was made of."""

    lists: Mapping[str, Sequence[ListOut]]
    orders: Mapping[str, BookedOrder]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """One list of a mail. `sheet` is the newest revision; None with `hindrances` alone where there
    is no such list. `differing` is what differs after all that was booked."""

    told: ToldOfList
    sheet: ListOut | None = None
    order: BookedOrder | None = None
    new: tuple[Load, ...] = ()
    replaced: tuple[Load, ...] = ()
    differing: tuple[Difference, ...] = ()
    hindrances: tuple[Finding, ...] = ()

    @property
    def is_news(self) -> bool:
        """Something was booked, or a list came back that says that nothing was sent."""
        return bool(self.new or self.replaced)

    @property
    def name(self) -> str:
        """As the mail names it: `FH261109-0042 R1`."""
        revision = self.told.revision or (self.sheet.revision if self.sheet else None)
        return f"{self.told.number} R{revision}" if revision else self.told.number

    unsaid: tuple[Finding, ...] = field(default=())


def reckoned(
    told: Sequence[ToldOfList], books: Books, whose: tuple[Register, str], *, corrects: bool
) -> tuple[Reckoned, ...]:
    """Each list once, whatever number of papers tell of it, by its revision or by none, which is
    the newest. `whose` is the register and the address of whoever tells."""
    found: dict[tuple[str, int | None], Reckoned] = {}
    for each in told:
        revisions = books.lists.get(each.number, ())
        newest = revisions[0].revision if revisions else None
        key = each.number, each.revision or newest
        before = found.get(key)
        now = _reckoned(each, before, books, whose, corrects=corrects)
        found[key] = _joined(before, now) if before else now
    return tuple(found.values())


def _reckoned(
    told: ToldOfList,
    before: Reckoned | None,
    books: Books,
    whose: tuple[Register, str],
    *,
    corrects: bool,
) -> Reckoned:
    revisions = books.lists.get(told.number, ())
    sheet = revisions[0] if revisions else None
    order = books.orders.get(told.number)
    hindrances = (*_of_list(told, sheet, order, whose), *told.hindrances)
    base = Reckoned(told=told, sheet=sheet, order=order, unsaid=told.unsaid)
    if sheet is None or hindrances:
        return replace(base, hindrances=hindrances)
    known = _after(sheet.loads, before)
    found = _counted(told, known, sheet.tins, corrects=corrects and before is None)
    if found.unclear:
        said = "、".join(each.waybill or str(each.shipped_on or "") for each in found.unclear)
        return replace(base, hindrances=(unclear("twice", said.strip("、") or told.number),))
    left = {load.fingerprint for load in found.replaced}
    after = (*(load for load in known if load.fingerprint not in left), *found.new)
    return replace(
        base,
        new=found.new,
        replaced=found.replaced,
        differing=differences(sheet.tins, together(after)),
    )


def _counted(told: ToldOfList, known: Sequence[Load], listed: Tins, *, corrects: bool) -> Counted:
    """`已发` of a list of which something was told before may mean the rest, or all of it."""
    found = counted(told.loads, known, listed, corrects)
    if told.all_of_it and known and not found.again:
        return Counted(unclear=told.loads)
    return found


def _after(loads: Sequence[Load], before: Reckoned | None) -> tuple[Load, ...]:
    """What counts once an earlier paper of the same mail is booked."""
    if before is None:
        return tuple(loads)
    gone = {load.fingerprint for load in before.replaced}
    return (*(load for load in loads if load.fingerprint not in gone), *before.new)


def _joined(before: Reckoned, now: Reckoned) -> Reckoned:
    """Two papers of one mail about one list; what the second replaces of the first never was."""
    dropped = {load.fingerprint for load in now.replaced}
    if now.hindrances or before.hindrances:
        hindrances = (*before.hindrances, *now.hindrances)
        return replace(before, new=(), replaced=(), differing=(), hindrances=hindrances)
    return replace(
        now,
        new=(*(load for load in before.new if load.fingerprint not in dropped), *now.new),
        replaced=(*before.replaced, *(load for load in now.replaced if load.id is not None)),
        unsaid=(*before.unsaid, *now.unsaid),
    )


def _of_list(
    told: ToldOfList,
    sheet: ListOut | None,
    order: BookedOrder | None,
    whose: tuple[Register, str],
) -> Iterator[Finding]:
    """Why nothing may be booked of a list, whatever is told of it."""
    register, address = whose
    if sheet is None or order is None or (told.revision or 0) > sheet.revision:
        name = f"{told.number} R{told.revision}" if told.revision else told.number
        yield _of_sheet("list-unknown", name)
        return
    region = order.customer.region if order.customer else None
    if not may_in(register.person(address), Action.TELL_SHIPPED, region, register):
        yield _of_sheet("list-not-yours", told.number)
    elif order.state not in IN_BOOKS:
        yield _of_sheet("list-closed", told.number)
    elif told.revision is not None and told.revision < sheet.revision:
        yield _of_sheet("list-outdated", f"{told.number} R{told.revision}", f"R{sheet.revision}")


def _of_sheet(code: str, found: str, expected: str = "") -> Finding:
    return Finding(code, Severity.ERROR, Asked.SENDER, found=found or "?", expected=expected)
