"""Products and distributors are known by their names, never by likeness.

Exact after normalisation books; what merely looks alike is for proposals, which rules make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mailflow.domain.branding import (
    brands_of,
    code_and_name_of,
    keys_of,
    names_of,
    stems_of,
    unordered_keys_of,
    without_weight,
)
from mailflow.domain.customer_names import CustomerNames, add
from mailflow.domain.known_names import KnownNames as KnownNames
from mailflow.domain.packing import fits as fits
from mailflow.domain.packing import pack_of as pack_of
from mailflow.domain.packing import states_weight, without_weight_ahead
from mailflow.domain.register import Customer, Product, Register
from mailflow.domain.spelling import LONGEST_KEPT, is_shortening, unordered
from mailflow.domain.spelling import normalised as normalised
from mailflow.domain.spelling import plain as plain
from mailflow.domain.value import dataclass

MOST_MATCHES = 8_192


@dataclass(frozen=True, slots=True)
class Match:
    """What code, name and pack of a line say together. `candidates` are the products they may
    mean, `product` the one where that is certain."""

    candidates: tuple[Product, ...]
    product: Product | None
    code_known: bool
    name_known: bool
    """Whether code and name, each by itself, are of the register; True where there is none."""


NOTHING_SETTLED: Mapping[str, Product] = MappingProxyType({})


def _narrowed(
    text: str | None, found: tuple[Product, ...], settled: Mapping[str, Product]
) -> tuple[Product, ...]:
    """What a person said of a word counts where the register knows nothing, or several with it."""
    product = settled.get(normalised(text)) if text and settled else None
    if product is None or (found and product not in found):
        return found
    return (product,)


class Lexicon:
    """Looks up what a written name means in one register. Made once a register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._codes: dict[str, list[Product]] = {}
        self._names: dict[str, list[Product]] = {}
        self._stems: dict[str, list[Product]] = {}
        self._zeroless: dict[str, list[Product]] = {}
        self._unordered: dict[str, list[Product]] = {}
        self._unordered_stems: dict[str, list[Product]] = {}
        self._kin: dict[str, list[Product]] = {}
        self._customers = CustomerNames(register.customers)
        self._matches: dict[tuple[str | None, ...], Match] = {}
        brands = brands_of(register.products)
        for product in register.products:
            add(self._codes, normalised(product.sku), product)
            add(self._zeroless, _zeroless(product.sku), product)
            self._kin.setdefault(without_weight(product), []).append(product)
            for name in names_of(product, brands):
                add(self._names, normalised(name), product)
                add(self._unordered, unordered(name), product)
            for stem in stems_of(product, brands):
                add(self._stems, normalised(stem), product)
                add(self._unordered_stems, unordered(stem), product)

    def by_code(self, text: str) -> tuple[Product, ...]:
        """A number that lost the zeros it begins with is the code if it is no other's."""
        bare = normalised(text)
        return tuple(self._codes.get(bare, ()) or self._zeroless.get(bare, ()))

    def by_name(self, text: str) -> tuple[Product, ...]:
        """Every product a name may mean, whatever is stated of its pack elsewhere.

        A full name without its weight means all packs of it; an alias means what it says.
        """
        found = self._by_name_alone(text) or self._code_and_name(text)
        return found or self._by_name_alone(without_weight_ahead(text))

    def _by_name_alone(self, text: str) -> tuple[Product, ...]:
        for key in keys_of(text):
            if found := (*self._names.get(key, ()), *self._codes.get(key, ())):
                return tuple({p.sku: p for p in found}.values())
        for key in keys_of(text):
            if key in self._stems:
                return tuple(self._stems[key])
        for index in (self._unordered, self._unordered_stems):
            for key in unordered_keys_of(text):
                if key in index:
                    return tuple(index[key])
        return ()

    def _code_and_name(self, text: str) -> tuple[Product, ...]:
        """Code and name in one cell, where both are of one product."""
        for code, name in code_and_name_of(text):
            coded = self._codes.get(normalised(code), [])
            if len(coded) == 1 and coded[0] in self._by_name_alone(name):
                return (coded[0],)
        return ()

    def match(self, code: str | None, name: str | None, spec: str | None) -> Match:
        """Remembered, since order after order asks for the same; long texts are strangers' and
        asked for once."""
        texts = (code, name, spec)
        if (known := self._matches.get(texts)) is not None:
            return known
        match = self._match(code, name, spec)
        if sum(len(text or "") for text in texts) <= LONGEST_KEPT:
            if len(self._matches) >= MOST_MATCHES:
                self._matches.clear()
            self._matches[texts] = match
        return match

    def match_settled(
        self, texts: tuple[str | None, str | None, str | None], settled: Mapping[str, Product]
    ) -> Match:
        """The same where a person said what some words mean, by their normalised form. He narrows
        what the register leaves open; where it is sure, or where texts disagree, nothing changes.
        """
        return self._match(*texts, settled)

    def _match(
        self,
        code: str | None,
        name: str | None,
        spec: str | None,
        settled: Mapping[str, Product] = NOTHING_SETTLED,
    ) -> Match:
        candidates = self.products(code, name, spec, settled)
        product = candidates[0] if len(candidates) == 1 else None
        if product is not None and not fits(product, name, spec):
            product = None
        if name is None or product is not None:
            name_known = (
                name is None
                or product is None
                or self.agrees(name, product)
                or settled.get(normalised(name)) == product
            )
        else:
            name_known = bool(self.by_name(name)) or normalised(name) in settled
        code_known = code is None or bool(
            self.by_code(code) or self.by_name(code) or normalised(code) in settled
        )
        return Match(candidates, product, code_known, name_known)

    def products(
        self,
        code: str | None,
        name: str | None,
        spec: str | None,
        settled: Mapping[str, Product] = NOTHING_SETTLED,
    ) -> tuple[Product, ...]:
        """One where it is certain, several where texts disagree or mean several, else none.

        A pack that contradicts a name brings the products of the same name and that pack in as
        rivals, so that nobody picks between them silently; where there is no rival the one is
        returned, and `fits` tells that it is not certain.
        """
        coded = _narrowed(code, (self.by_code(code) or self.by_name(code)) if code else (), settled)
        named = _narrowed(name, self.by_name(name) if name else (), settled)
        candidates = tuple(p for p in coded if p in named)
        if coded and named and not candidates:
            return coded + named
        candidates = candidates or coded or named
        if len(candidates) > 1 and any(states_weight(text) for text in (name, spec) if text):
            # Only a weight tells two packs of one name apart: how many are in a case changes.
            candidates = tuple(p for p in candidates if fits(p, name, spec)) or candidates
        if len(candidates) == 1 and not fits(candidates[0], name, spec):
            chosen = candidates[0]
            kin = self._kin[without_weight(chosen)]
            return (chosen, *(p for p in kin if p.sku != chosen.sku and fits(p, name, spec)))
        return candidates

    def agrees(self, name: str, product: Product) -> bool:
        """Whether a name beside a known code is of that product, or at least of no other.

        A shortening (`金装奶粉1段` beside the code) says nothing against the code.
        """
        if named := self.by_name(name):
            return product in named
        full = [f"{n} {product.spec}" for n in (product.name, product.english_name)]
        return any(is_shortening(name, text) for text in full)

    def customers(self, texts: Iterable[str]) -> tuple[Customer, ...]:
        """Every distributor one of the texts names exactly."""
        return self._customers.called(texts)

    def customers_named(self, text: str) -> tuple[Customer, ...]:
        """Whom a cell names; see `CustomerNames.named`."""
        return self._customers.named(text)

    def customers_within(self, text: str) -> tuple[Customer, ...]:
        """Whom a longer text names; see `CustomerNames.within`."""
        return self._customers.within(text)


def _zeroless(code: str) -> str:
    """A code of figures alone without the zeros it begins with, which a number cell loses."""
    bare = normalised(code)
    return bare.lstrip("0") if bare.isdecimal() else ""
