"""Distributors are known by code, name and alias; in longer texts where these stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from mailflow.domain.register import Customer
from mailflow.domain.spelling import normalised, pieces, plain
from mailflow.domain.surroundings import stands_alone

T = TypeVar("T")
SHORTEST_HINT = 3
"""Shorter names than this are not looked for inside longer texts."""


class CustomerNames:
    """Looks up whom a written name means. Made once a register."""

    def __init__(self, customers: Sequence[Customer]) -> None:
        self._names: dict[str, list[Customer]] = {}
        self._codes: dict[str, list[Customer]] = {}
        for customer in customers:
            add(self._codes, normalised(customer.code), customer)
            for name in (customer.code, customer.name, *customer.aliases):
                add(self._names, normalised(name), customer)
        self._longest_first = sorted(self._names, key=len, reverse=True)
        self._regions = {normalised(c.region) for c in customers}

    def called(self, texts: Iterable[str]) -> tuple[Customer, ...]:
        """Every distributor one of the texts names exactly."""
        found = (c for t in texts for c in self._names.get(normalised(t), ()))
        return tuple({c.code: c for c in found}.values())

    def named(self, text: str) -> tuple[Customer, ...]:
        """Whom a cell names that holds one name, or code, name, alias and region side by side.

        None where anything else stands there too: a longer name is another distributor's.
        """
        if exact := self.called([text]):
            return exact
        groups, rest = [], normalised(text)
        for key in self._longest_first:
            if key in rest:
                groups.append(self._names[key])
                rest = rest.replace(key, "\0")
        for word in (*self._regions, *LABEL_WORDS, "\0"):
            rest = rest.replace(word, "")
        return () if rest else agreed(groups)

    def within(self, text: str) -> tuple[Customer, ...]:
        """Every distributor whose code, name or alias stands by itself in a longer text.

        A name that goes on (`南昌贝乐` in `南昌贝乐宝订单`) is another name. A shorter name inside
        a longer one that was found is not counted; code and name of one distributor are one.
        """
        groups = [self._codes[p] for p in _runs(text) if p in self._codes]
        taken, squeezed = plain(text), normalised(text)
        for key in self._longest_first:
            if len(key) < SHORTEST_HINT or key in self._codes:
                continue
            if key in squeezed and (span := stands_alone(key, taken, self._regions)):
                groups.append(self._names[key])
                taken = taken[: span[0]] + "\n" + taken[span[1] :]
        return agreed(groups)


LABEL_WORDS = ("经销商", "客户", "名称", "编码", "编号", "代码", "code", "name", "no")


def agreed(groups: Sequence[Sequence[T]]) -> tuple[T, ...]:
    """What all groups have in common; where they have nothing in common, everything."""
    filled = [group for group in groups if group]
    if not filled:
        return ()
    common = [x for x in filled[0] if all(x in group for group in filled)]
    return tuple(dict.fromkeys(common or [x for group in filled for x in group]))


def add(index: dict[str, list[T]], key: str, value: T) -> None:
    """Each value once under a key; none under an empty one."""
    if key and value not in index.setdefault(key, []):
        index[key].append(value)


def _runs(text: str) -> set[str]:
    """Runs of Latin letters and figures, and up to three neighbours joined: `HE-1000`."""
    parts = re.findall(r"[a-z0-9]+", " ".join(pieces(re.sub(r"[^\x00-\x7f]+", " ", plain(text)))))
    return {"".join(parts[i : i + n]) for n in (1, 2, 3) for i in range(len(parts) - n + 1)}
