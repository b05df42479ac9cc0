"""Whom the words above an announcement name: each once, of those its sender may announce to.

What names nobody, several, or somebody who is not his is said, and nothing is guessed (S15).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mailflow.domain.access import granted, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.announcement import Addressee
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.naming import Lexicon, normalised
from mailflow.domain.register import Customer, Person, Register, regions_of
from mailflow.rules.announcement_addressees import Party, addressees_of
from mailflow.rules.announcement_groups import (
    DISTRIBUTORS,
    ENDS,
    EVERYBODY,
    GROUPS,
    MANAGERS,
    OF_REGION,
    QUANTIFIERS,
    REGION_ENDS,
    STAFF,
    Group,
)

CODE = "announcement-recipient"
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Named:
    """`people` are those who get it; `wrong` what is not certain, or not his."""

    people: tuple[Addressee, ...] = ()
    wrong: tuple[Finding, ...] = ()


def named_by(
    wanted: Sequence[str], sender: Sender, lexicon: Lexicon, own: Iterable[str] = ()
) -> Named:
    """`own` are addresses that get none: the desk's."""
    return _Naming(sender, lexicon).named(wanted, {a.casefold() for a in own})


@dataclass(slots=True)
class _Found:
    """What one name means. `is_group`: it names many at once, and then those of them count to whom
    the sender may announce."""

    parties: tuple[Party, ...] = ()
    is_group: bool = False


@dataclass(slots=True)
class _Naming:
    sender: Sender
    lexicon: Lexicon
    regions: dict[str, str] = field(default_factory=dict)
    """Those of the registers by the spellings in which they are named."""

    def __post_init__(self) -> None:
        staff = (region for person in self.register.staff for region in person.regions)
        for region in (*regions_of(self.register.customers), *staff):
            for end in REGION_ENDS:
                self.regions.setdefault(normalised(region + end), region)

    @property
    def register(self) -> Register:
        return self.lexicon.register

    def named(self, wanted: Sequence[str], own: set[str]) -> Named:
        wrong: list[Finding] = []
        parties: list[Party] = []
        for name in wanted:
            found = tuple(self._meant(name))
            parties += found[0].parties if len(found) == 1 else ()
            wrong += self._wrong_with(name, found)
        if not wanted:
            wrong.append(_finding("missing"))
        people, homeless = addressees_of(parties, self.register)
        wrong += [_finding("no-address", name) for name in homeless]
        left_out = own | {(self.sender.address or "").casefold()}
        people = [p for p in people if p.address.casefold() not in left_out]
        if wanted and not people and not wrong:
            wrong.append(_finding("nobody", "、".join(wanted)))
        return Named(tuple(people), tuple(wrong))

    def _wrong_with(self, name: str, found: Sequence[_Found]) -> Iterator[Finding]:
        if not found:
            yield _finding("unknown", name)
        elif len(found) > 1:
            shown = dict.fromkeys(_shown(p) for each in found for p in each.parties)
            yield _finding("several", name, "、".join([*shown][:MOST_NAMED]))
        elif not found[0].parties:
            yield _finding("nobody", name)
        elif not found[0].is_group:
            others = [_shown(p) for p in found[0].parties if not self._is_his(p)]
            if others:
                yield _finding("not-yours", name, "、".join(others[:MOST_NAMED]))

    def _meant(self, name: str) -> Iterator[_Found]:
        """All that it may mean: none, one where it is certain, or several."""
        key = normalised(name)
        if found := self._side_by_side(name):
            yield found
        elif exact := [*self._exactly(name, key)]:
            yield from _different(exact)
        elif (found := self._of_region(key)) or (found := self._qualified(name)):
            yield found

    def _side_by_side(self, name: str) -> _Found | None:
        """`HE1000 HE1001`: each by itself. A region beside a role is no such list."""
        words = name.split()
        each = [list(self._exactly(word, normalised(word))) for word in words]
        is_certain = all(len(found) == 1 and not found[0].is_group for found in each)
        if len(words) < 2 or not is_certain:
            return None
        return _Found(tuple(dict.fromkeys(p for found in each for p in found[0].parties)))

    def _exactly(self, name: str, key: str) -> Iterator[_Found]:
        if group := _group(key):
            yield _Found(tuple(filter(self._is_his, self._members(group, None))), is_group=True)
        if region := self.regions.get(key):
            yield _Found(tuple(self._in_region(region)))
        for customer in self.lexicon.customers_named(name):
            yield _Found((customer,))
        yield from self._persons(name, key)

    def _persons(self, name: str, key: str) -> Iterator[_Found]:
        """By name or address; the lines of one address are one person."""
        same = [
            p
            for p in self.register.staff
            if normalised(p.name) == key or p.email.casefold() == name.strip().casefold()
        ]
        for address in dict.fromkeys(p.email.casefold() for p in same):
            yield _Found(tuple(p for p in same if p.email.casefold() == address)[:1])

    def _of_region(self, key: str) -> _Found | None:
        """`北区经销商`, `华东大区的区域经理`: of these the ones in that region."""
        for spelling, region in sorted(self.regions.items(), key=lambda e: -len(e[0])):
            if not key.startswith(spelling):
                continue
            rest = key.removeprefix(spelling)
            for between in ("", *OF_REGION):
                if rest.startswith(between) and (group := _group(rest.removeprefix(between))):
                    return _Found(tuple(self._members(group, region)))
        return None

    def _qualified(self, name: str) -> _Found | None:
        """`经销商 HE1000`, `区域经理 张三`: a name behind what it is."""
        for word, group in sorted(GROUPS.items(), key=lambda e: -len(e[0])):
            if not name.strip().casefold().startswith(word):
                continue
            rest = name.strip()[len(word) :].strip(" :：")
            if group == DISTRIBUTORS:
                customers = self.lexicon.customers_named(rest) if rest else ()
                return _Found(customers) if len(customers) == 1 else None
            if isinstance(group, tuple) and rest:
                people = [f.parties[0] for f in self._persons(rest, normalised(rest))]
                mine = [
                    line
                    for person in people
                    for role in group
                    for line in self.register.person(person.email, role)
                ]
                return _Found(tuple(mine)) if len(mine) == 1 else None
        return None

    def _members(self, group: Group, region: str | None) -> Iterator[Party]:
        if group in (STAFF, EVERYBODY):
            if region is None:
                yield from self.register.staff
            else:
                yield from (p for p in self.register.staff if region in p.regions)
        if group in (DISTRIBUTORS, EVERYBODY):
            yield from (c for c in self.register.customers if region in (None, c.region))
        if isinstance(group, tuple):
            for role in group:
                yield from self.register.people(role, region)
            if group == MANAGERS and region is not None:
                yield from self._managers_in(region)

    def _in_region(self, region: str) -> Iterator[Party]:
        """A region alone: those who look after its distributors, and these."""
        yield from self._members(MANAGERS, region)
        yield from self._members(DISTRIBUTORS, region)

    def _managers_in(self, region: str) -> Iterator[Person]:
        """Whoever stands at a distributor of it, whatever region his own line names."""
        names = dict.fromkeys(
            c.regional_manager for c in self.register.customers if c.region == region
        )
        for address in names:
            yield from self.register.managers(address)[:1]

    def _is_his(self, party: Party) -> bool:
        people, register = self.sender.people, self.register
        if isinstance(party, Customer):
            return may_in(people, Action.ANNOUNCE, party.region, register)
        if _reaches_all(self.sender):
            return True
        mine = (
            r
            for r in regions_of(register.customers)
            if may_in(people, Action.ANNOUNCE, r, register)
        )
        address = party.email.casefold()
        return any(
            p.email.casefold() == address
            for region in mine
            for p in (*register.people(party.role, region), *self._managers_in(region))
        )


def _group(key: str) -> Group | None:
    """A word for many, whatever says `all` ahead of it or is polite behind it."""
    for ahead in ("", *map(normalised, QUANTIFIERS)):
        if not key.startswith(ahead):
            continue
        rest = key.removeprefix(ahead)
        for end in ("", *ENDS):
            if rest.endswith(end) and (group := GROUPS.get(rest.removesuffix(end))):
                return group
    return None


def _different(found: Sequence[_Found]) -> Iterator[_Found]:
    """`财务部` may be a role and the name of the one who has it: they mean the same."""
    seen: dict[frozenset[str], _Found] = {}
    for each in found:
        seen.setdefault(frozenset(map(_address, each.parties)), each)
    yield from seen.values()


def _reaches_all(sender: Sender) -> bool:
    return any(
        not person.regions and scope.value != "regions"
        for person, scope in granted(sender.people, Action.ANNOUNCE)
    )


def _address(party: Party) -> str:
    return party.email.casefold() or party.name


def _shown(party: Party) -> str:
    return party.name if isinstance(party, Person) else f"{party.code} {party.name}"


def _finding(variant: str, found: str = "", expected: str = "") -> Finding:
    return Finding(
        CODE, Severity.ERROR, Asked.SENDER, found=found, expected=expected, variant=variant
    )
