"""The names of the register as the readers of sheets know them: enough to tell what is what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from mailflow.domain.access import keepers_of_stock
from mailflow.domain.branding import (
    brands_of,
    code_and_name_of,
    keys_of,
    names_of,
    stems_of,
    unordered_keys_of,
)
from mailflow.domain.register import Register
from mailflow.domain.settlement import (
    ColumnMeans,
    SettledColumn,
    Settlement,
    SettlementKind,
    which_column,
)
from mailflow.domain.spelling import normalised, plain, unordered
from mailflow.domain.surroundings import stands_alone
from mailflow.domain.value import dataclass

SHORTEST_WITHIN = 3
"""Shorter names than this are not looked for inside longer texts."""
LONGEST_AROUND = 60
"""In longer texts no name is looked for: they are sentences, not titles."""


@dataclass(frozen=True, slots=True)
class SettledWords:
    """Words as they are compared: those that are products, and whose code those of distributors are."""

    products: frozenset[str] = frozenset()
    customers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KnownNames:
    """Normalised names; `customers` tells which codes a name of a distributor stands for."""

    product_codes: frozenset[str] = frozenset()
    product_names: frozenset[str] = frozenset()
    customer_codes: frozenset[str] = frozenset()
    customer_names: frozenset[str] = frozenset()
    unordered_names: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    customers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    settled_by: Mapping[str, tuple[SettledColumn, ...]] = field(default_factory=dict)
    """What columns mean in the sheets of each sender, where a person settled it."""
    settled: tuple[SettledColumn, ...] = ()
    """The same of the sender whose sheets are read."""
    words_by: Mapping[str, SettledWords] = field(default_factory=dict)
    """What words mean in the sheets of each sender, where a person settled it."""
    keepers: frozenset[str] = frozenset()
    """Addresses of those who tell our own stock and neither order nor report for a distributor."""
    keeps_stock: bool = False
    """Whether the sender whose sheets are read is one of them."""

    @classmethod
    def of(cls, register: Register, settlements: Iterable[Settlement] = ()) -> KnownNames:
        brands = brands_of(register.products)
        names = {n for p in register.products for n in names_of(p, brands)}
        names |= {n for p in register.products for n in stems_of(p, brands)}
        codes: dict[str, set[str]] = {}
        for customer in register.customers:
            for name in (customer.code, customer.name, *customer.aliases):
                if key := normalised(name):
                    codes.setdefault(key, set()).add(customer.code)
        return cls(
            product_codes=frozenset(normalised(p.sku) for p in register.products),
            product_names=frozenset(k for n in names if (k := normalised(n))),
            customer_codes=frozenset(normalised(c.code) for c in register.customers),
            customer_names=frozenset(
                k for c in register.customers for n in (c.name, *c.aliases) if (k := normalised(n))
            ),
            unordered_names=frozenset(unordered(n) for n in names),
            regions=frozenset(normalised(c.region) for c in register.customers),
            customers={key: frozenset(found) for key, found in codes.items()},
            settled_by=_columns_by_sender(settled := tuple(settlements)),
            words_by=_words_by_sender(settled),
            keepers=frozenset(keepers_of_stock(register)),
        )

    def of_sender(self, address: str | None) -> KnownNames:
        """With what was settled of his columns and words; a name of the register stays what it is."""
        settled = self.settled_by.get(address or "", ())
        words = self.words_by.get(address or "")
        keeps = (address or "").casefold() in self.keepers
        if words is None:
            is_same = settled == self.settled and keeps == self.keeps_stock
            return self if is_same else replace(self, settled=settled, keeps_stock=keeps)
        own = {key: frozenset({code}) for key, code in words.customers.items()}
        return replace(
            self,
            settled=settled,
            keeps_stock=keeps,
            product_names=self.product_names | words.products,
            customer_names=self.customer_names | own.keys(),
            customers={**own, **self.customers},
        )

    def is_product_code(self, text: str) -> bool:
        return normalised(text) in self.product_codes

    def is_product(self, text: str) -> bool:
        for key in keys_of(text):
            if key in self.product_names or key in self.product_codes:
                return True
        if any(key in self.unordered_names for key in unordered_keys_of(text)):
            return True
        return any(
            self.is_product_code(code) and any(k in self.product_names for k in keys_of(name))
            for code, name in code_and_name_of(text)
        )

    def is_exact_product(self, text: str) -> bool:
        """By the whole text, nothing left out of it."""
        return normalised(text) in self.product_names

    def is_customer(self, text: str) -> bool:
        key = normalised(text)
        return key in self.customer_names or key in self.customer_codes

    def names_customer(self, text: str) -> bool:
        """Whether a text is a distributor's name, or code and name and region side by side."""
        if self.is_customer(text):
            return True
        rest = normalised(text)
        if len(rest) > LONGEST_AROUND:
            return False
        found = [key for key in self._beginning_in(rest) if key in rest]
        if not found:
            return False
        for key in sorted(found, key=len, reverse=True):
            rest = rest.replace(key, "")
        for word in self.regions:
            rest = rest.replace(word, "")
        return not rest

    def customer_within(self, text: str) -> tuple[str, ...]:
        """The names of distributors that stand by themselves in a title, as written there."""
        if len(text) > LONGEST_AROUND:
            return ()
        taken, squeezed, found = plain(text), normalised(text), []
        for key in sorted(self._beginning_in(squeezed), key=len, reverse=True):
            if len(key) < SHORTEST_WITHIN or key not in squeezed:
                continue
            if span := stands_alone(key, taken, self.regions):
                found.append(taken[span[0] : span[1]])
                taken = f"{taken[: span[0]]}\n{taken[span[1] :]}"
        return tuple(found)

    def customer_key(self, text: str) -> str:
        """The same for all names of one distributor; the text itself where it means none or several."""
        codes = self.customers.get(normalised(text), frozenset())
        return next(iter(codes)) if len(codes) == 1 else normalised(text)

    def _beginning_in(self, squeezed: str) -> set[str]:
        """The names whose first two signs stand somewhere in the text."""
        pairs = {squeezed[n : n + 2] for n in range(len(squeezed) - 1)}
        return {key for pair in pairs for key in self._by_beginning.get(pair, ())}

    @cached_property
    def _by_beginning(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for key in self.customer_names | self.customer_codes:
            found.setdefault(key[:2], []).append(key)
        return {pair: tuple(keys) for pair, keys in found.items()}


def _columns_by_sender(
    settlements: Iterable[Settlement],
) -> Mapping[str, tuple[SettledColumn, ...]]:
    found: dict[str, tuple[SettledColumn, ...]] = {}
    for one in settlements:
        if one.kind is SettlementKind.COLUMN:
            word, nth = which_column(one.key)
            column = SettledColumn(one.number, word, ColumnMeans(one.means), one.around, nth)
            found[one.sender] = (*found.get(one.sender, ()), column)
    return found


def _words_by_sender(settlements: Sequence[Settlement]) -> Mapping[str, SettledWords]:
    found: dict[str, SettledWords] = {}
    for one in settlements:
        words = found.get(one.sender, SettledWords())
        if one.kind is SettlementKind.PRODUCT:
            found[one.sender] = replace(words, products=words.products | {one.key})
        elif one.kind is SettlementKind.DISTRIBUTOR:
            found[one.sender] = replace(words, customers={**words.customers, one.key: one.means})
    return found
