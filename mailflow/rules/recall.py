"""What a person settled of a sender's words is used where the register leaves them open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mailflow.domain.document import OrderLine
from mailflow.domain.facts import Facts
from mailflow.domain.naming import Lexicon, Match, normalised
from mailflow.domain.register import Customer, Product
from mailflow.domain.settlement import Recalled, Settlement, SettlementKind
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass
from mailflow.rules.cells import text_of


@dataclass(frozen=True, slots=True)
class Words:
    """By normalised word: what is settled, as far as the register still has it."""

    products: Mapping[str, Product]
    customers: Mapping[str, Customer]
    numbers: Mapping[tuple[SettlementKind, str], int]


NONE = Words({}, {}, {})


def words_of(facts: Facts) -> Words:
    if not facts.settlements:
        return NONE
    by_sku = {p.sku: p for p in facts.register.products}
    by_code = {c.code: c for c in facts.register.customers}
    products = {
        s.key: by_sku[s.means] for s in _of(facts, SettlementKind.PRODUCT) if s.means in by_sku
    }
    customers = {
        s.key: by_code[s.means]
        for s in _of(facts, SettlementKind.DISTRIBUTOR)
        if s.means in by_code
    }
    return Words(products, customers, {(s.kind, s.key): s.number for s in facts.settlements})


def _of(facts: Facts, kind: SettlementKind) -> Iterator[Settlement]:
    return (s for s in facts.settlements if s.kind is kind)


def match_of(line: OrderLine, lexicon: Lexicon, words: Words) -> tuple[Match, tuple[Recalled, ...]]:
    """The product of a line, and the settlements without which it would be another or none."""
    texts = text_of(line.code), text_of(line.name), text_of(line.spec)
    plain = lexicon.match(*texts)
    if not words.products or (plain.product and plain.code_known and plain.name_known):
        return plain, ()
    match = lexicon.match_settled(texts, words.products)
    if match == plain:
        return plain, ()
    written = [w for w in (line.code, line.name) if w and normalised(w.text) in words.products]
    return match, tuple(_recalled(w, SettlementKind.PRODUCT, words) for w in written)


def named_by(
    written: Written, lexicon: Lexicon, words: Words
) -> tuple[tuple[Customer, ...], tuple[Recalled, ...]]:
    """Whom a cell names; a settled word is for one whom nobody else is called by."""
    found = lexicon.customers_named(written.text)
    settled = words.customers.get(normalised(written.text))
    if settled is None or len(found) == 1 or (found and settled not in found):
        return found, ()
    return (settled,), (_recalled(written, SettlementKind.DISTRIBUTOR, words),)


def _recalled(written: Written, kind: SettlementKind, words: Words) -> Recalled:
    return Recalled(words.numbers[kind, normalised(written.text)], written.text, written.at)


def once(recalled: Iterable[Recalled]) -> tuple[Recalled, ...]:
    """Each settlement once, where it was used first."""
    found: dict[int, Recalled] = {}
    for one in recalled:
        found.setdefault(one.number, one)
    return tuple(found.values())


def by_number(settlements: Sequence[Settlement]) -> Mapping[int, Settlement]:
    return {s.number: s for s in settlements}
