"""Products and distributors are known by their names, never by likeness.

Exact after normalisation books; what merely looks alike is for proposals, which rules make.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from mailflow.domain.register import Customer, Product, Register

T = TypeVar("T")

_NOISE = re.compile(r"[\s​‎﻿*★☆△▲·•_\-–—－/、,，.。:：;；'\"“”‘’()（）\[\]【】{}<>《》]+")
_STAGES = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6"}
_STAGE = re.compile(r"([一二三四五六])(?=段|阶段|號|号)")
_WEIGHT = re.compile(r"(\d+)(公克|克|grams|gram|gr)(?![a-z])")


def plain(text: str) -> str:
    """NFKC, case folded, Arabic stage numbers, grams as `g`; white space kept."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _STAGE.sub(lambda m: _STAGES[m[1]], text)
    return _WEIGHT.sub(lambda m: m[1] + "g", text)


@lru_cache(maxsize=8192)
def normalised(text: str) -> str:
    """The form in which names are compared: no white space, brackets or punctuation."""
    text = _NOISE.sub("", plain(text))
    return _WEIGHT.sub(lambda m: m[1] + "g", text)


@lru_cache(maxsize=4096)
def pack_of(text: str) -> tuple[int | None, int | None]:
    """Grams a tin and tins a case as a text states them: `900g*6听/箱` is (900, 6)."""
    squeezed = re.sub(r"\s+", "", plain(text))
    weights = {int(g) for g in re.findall(r"(\d+)g(?![a-z])", squeezed)}
    if kilos := re.findall(r"(\d+(?:\.\d+)?)kg", squeezed):
        weights |= {round(float(k) * 1000) for k in kilos}
    tins = {
        int(n)
        for n in re.findall(r"[x×*](\d+)(?!\d*(?:g|kg))", squeezed)
        + re.findall(r"(\d+)(?:听|罐|tins?|cans?)(?:/|每|per)?(?:箱|件|case|ctn|carton)", squeezed)
        + re.findall(r"(?:每箱|一箱)(\d+)(?:听|罐)", squeezed)
    }
    weight = weights.pop() if len(weights) == 1 else None
    return weight, tins.pop() if len(tins) == 1 else None


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Normalised names of the register: what tells a product column from any other."""

    product_codes: frozenset[str] = frozenset()
    product_names: frozenset[str] = frozenset()
    customer_codes: frozenset[str] = frozenset()
    customer_names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, register: Register) -> KnownNames:
        return cls(
            product_codes=frozenset(normalised(p.sku) for p in register.products),
            product_names=frozenset(
                normalised(n) for p in register.products for n in _product_names(p) if n
            ),
            customer_codes=frozenset(normalised(c.code) for c in register.customers),
            customer_names=frozenset(
                normalised(n) for c in register.customers for n in (c.name, *c.aliases)
            ),
        )

    def is_product_code(self, text: str) -> bool:
        return normalised(text) in self.product_codes

    def is_product(self, text: str) -> bool:
        key = normalised(text)
        return key in self.product_names or key in self.product_codes

    def is_customer(self, text: str) -> bool:
        key = normalised(text)
        return key in self.customer_names or key in self.customer_codes


def _product_names(product: Product) -> tuple[str, ...]:
    return (product.name, product.english_name, *product.aliases)


def without_pack(text: str) -> str:
    """A name without the pack that is often written behind it: `…900g(900g*6听/箱)`."""
    cut = re.sub(
        r"[(（\[【][^()（）\[\]【】]*[*x×][^()（）\[\]【】]*[)）\]】]\s*$", "", plain(text)
    )
    return re.sub(
        r"\s*\d+\s*g\s*[*x×]\s*\d+\s*(?:听|罐|tins?)?(?:\s*/\s*(?:箱|case))?\s*$", "", cut
    )


class Lexicon:
    """Looks up what a written name means in one register. Made once a register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._codes: dict[str, list[Product]] = {}
        self._names: dict[str, list[Product]] = {}
        self._customers: dict[str, list[Customer]] = {}
        for product in register.products:
            _add(self._codes, normalised(product.sku), product)
            for name in _product_names(product):
                for key in _keys(name):
                    _add(self._names, key, product)
        self._brand = _shared_beginning([p.name for p in register.products])
        self._add_names_without_brand()
        for customer in register.customers:
            for name in (customer.code, customer.name, *customer.aliases):
                _add(self._customers, normalised(name), customer)

    def _add_names_without_brand(self) -> None:
        """`金装…1段` for `晨露金装…1段`, where that is not another product's name."""
        for product in self.register.products:
            if self._brand:
                _add(self._names, normalised(product.name.removeprefix(self._brand)), product)

    def by_code(self, text: str) -> tuple[Product, ...]:
        return tuple(self._codes.get(normalised(text), ()))

    def by_name(self, text: str) -> tuple[Product, ...]:
        """Every product a name may mean, whatever is stated of its pack elsewhere."""
        found: dict[str, Product] = {}
        for key in _keys(text):
            for product in (*self._names.get(key, ()), *self._codes.get(key, ())):
                found[product.sku] = product
        return tuple(found.values())

    def products(self, code: str | None, name: str | None, spec: str | None) -> tuple[Product, ...]:
        """One where it is certain, several where texts disagree or mean several, else none.

        A pack that contradicts a name brings the products of the same name and that pack in as
        rivals, so that nobody picks between them silently.
        """
        found: dict[str, Product] = {}
        for text, look in ((code, self.by_code), (name, self.by_name)):
            if text:
                found.update({p.sku: p for p in look(text)})
        if code and not self.by_code(code):
            found.update({p.sku: p for p in self.by_name(code)})
        candidates = tuple(found.values())
        if len(candidates) > 1 and not (code and self.by_code(code)):
            fitting = tuple(p for p in candidates if fits(p, name, spec))
            candidates = fitting or candidates
        if len(candidates) == 1 and not fits(candidates[0], name, spec):
            chosen = candidates[0]
            rivals = (p for p in self.register.products if self._is_rival(p, chosen, name, spec))
            return (chosen, *rivals)
        return candidates

    def _is_rival(
        self, product: Product, chosen: Product, name: str | None, spec: str | None
    ) -> bool:
        stem, other = (re.sub(r"\d+g", "", normalised(p.name)) for p in (chosen, product))
        return product.sku != chosen.sku and stem == other and fits(product, name, spec)

    def customers(self, texts: Iterable[str]) -> tuple[Customer, ...]:
        """Every distributor one of the texts names exactly."""
        found: dict[str, Customer] = {}
        for text in texts:
            for customer in self._customers.get(normalised(text), ()):
                found[customer.code] = customer
        return tuple(found.values())

    def customers_within(self, text: str) -> tuple[Customer, ...]:
        """Every distributor whose code, name or alias stands in a longer text, longest first.

        A shorter name inside a longer one that was found is not counted.
        """
        squeezed = normalised(text)
        found: dict[str, Customer] = {}
        taken = squeezed
        for key in sorted(self._customers, key=len, reverse=True):
            if len(key) >= 3 and key in taken:
                taken = taken.replace(key, "\0")
                found.update({c.code: c for c in self._customers[key]})
        return tuple(found.values())


def fits(product: Product, name: str | None, spec: str | None) -> bool:
    """Whether the packs that name and spec state, if any, are the product's own."""
    own_weight, _ = pack_of(product.name)
    if own_weight is None:
        own_weight, _ = pack_of(product.spec)
    for text in (name, spec):
        if not text:
            continue
        weight, tins = pack_of(text)
        if weight is not None and own_weight is not None and weight != own_weight:
            return False
        if tins is not None and tins != product.tins_per_case:
            return False
    return True


def _keys(name: str) -> tuple[str, ...]:
    """A name as it stands, and without a pack written behind it."""
    return tuple(dict.fromkeys(k for k in (normalised(name), normalised(without_pack(name))) if k))


def _add(index: dict[str, list[T]], key: str, value: T) -> None:
    if key and value not in index.setdefault(key, []):
        index[key].append(value)


def _shared_beginning(names: Sequence[str]) -> str:
    """The words all names begin with: the brand; empty where they share fewer than two signs."""
    if len(names) < 2:
        return ""
    first, last = min(names), max(names)
    length = 0
    while length < min(len(first), len(last)) and first[length] == last[length]:
        length += 1
    return first[:length] if length >= 2 else ""
