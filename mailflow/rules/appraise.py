"""An order is held against the register: which distributor, products, tins, prices, funding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.customer_names import agreed
from mailflow.domain.document import Order, OrderLine
from mailflow.domain.facts import Facts
from mailflow.domain.naming import Lexicon, Match
from mailflow.domain.prices import Terms
from mailflow.domain.quantity import Quantity
from mailflow.domain.register import Customer, ProductKind
from mailflow.domain.settlement import Recalled
from mailflow.domain.sheet import Written
from mailflow.rules.cells import says_nothing
from mailflow.rules.dates import stated_day
from mailflow.rules.funding import funding_of
from mailflow.rules.named_in_mail import customers_in_mail
from mailflow.rules.recall import Words, match_of, named_by, once, words_of
from mailflow.rules.table_funding import with_funding_of_the_table
from mailflow.rules.tins import NOTHING_WRITTEN, is_blank, tins_of
from mailflow.rules.units import tins_by_money

MOST_OF_CATALOGUE = 0.6
"""A list of at least so much of the active catalogue is a pre-printed form (rulings, 12)."""
SMALLEST_CATALOGUE = 5
"""Below so many products a list of most of them is an ordinary order."""


def appraise(order: Order, facts: Facts, lexicon: Lexicon) -> Appraisal:
    """What the order means; uncertain is None, nothing is ever filled in by likeness."""
    day = _day(order, facts)
    words = words_of(facts)
    found = [match_of(line, lexicon, words) for line in order.lines]
    every = [match for match, _ in found]
    recalled = [*order.settled, *(one for _, used in found for one in used)]
    order = with_funding_of_the_table(order, [match.candidates for match in every])
    pairs = [p for p in zip(order.lines, every, strict=True) if not says_nothing(p[0])]
    preprinted = _is_preprinted([match for _, match in pairs], lexicon)
    customers, strange = _customers(order, facts, (lexicon, words), recalled)
    customer = customers[0] if len(customers) == 1 else None
    terms = Terms(day, customer)
    items: list[Item] = []
    not_ordered: list[OrderLine] = []
    for line, match in pairs:
        if preprinted and _is_empty(line):
            not_ordered.append(line)
        else:
            items.append(_item(line, match, terms))
    return Appraisal(
        order=order,
        customer=customer,
        customer_candidates=customers,
        items=tuple(items),
        not_ordered=tuple(not_ordered),
        day=day,
        preprinted=preprinted,
        strange_names=strange,
        recalled=once(recalled),
    )


def _day(order: Order, facts: Facts) -> date:
    """The order's own date decides the price, else the day it was received (rulings, 6)."""
    return stated_day(order, facts.business_day) or facts.business_day


def _customers(
    order: Order, facts: Facts, known: tuple[Lexicon, Words], recalled: list[Recalled]
) -> tuple[tuple[Customer, ...], tuple[Written, ...]]:
    """By what the sheet says; by subject, file and sheet name only where it says nothing, and by
    the mail's own words where these do not either.

    Code and name narrow each other; where they have nothing in common, all are returned. Where
    nobody is named at all, a distributor who writes himself means himself: he may order for no
    one else (rulings, 15).
    """
    stated = [w for w in order.distributor if w.text.strip()]
    if stated:
        told = [named_by(w, *known) for w in stated]
        named = [found for found, _ in told]
        recalled.extend(one for _, used in told for one in used)
        strange = tuple(w for w, found in zip(stated, named, strict=True) if not found)
        return agreed(named), strange
    hinted = agreed([known[0].customers_within(hint.text) for hint in order.hints])
    hinted = hinted or customers_in_mail(facts, known[0])
    return hinted or (() if facts.sender.people else facts.sender.customers), ()


def _is_preprinted(matches: Sequence[Match], lexicon: Lexicon) -> bool:
    regular = [p for p in lexicon.register.products if p.active and p.kind is ProductKind.REGULAR]
    named = {match.candidates[0].sku for match in matches if len(match.candidates) == 1}
    listed = sum(p.sku in named for p in regular)
    return len(regular) >= SMALLEST_CATALOGUE and listed >= MOST_OF_CATALOGUE * len(regular)


def _is_empty(line: OrderLine) -> bool:
    """No quantity but zero, no amount, no number in the remark: on a form, "none of this"."""
    amount = line.amount
    if amount is not None and amount.number != 0 and amount.text.strip() not in NOTHING_WRITTEN:
        return False
    if line.remark is not None and re.search(r"[\d一二两三四五六七八九十]", line.remark.text):
        return False
    return all(_is_nothing(q) for q in line.quantities)


def _is_nothing(quantity: Quantity) -> bool:
    return is_blank(quantity) or (quantity.number == 0 and quantity.loose == 0)


def _item(line: OrderLine, match: Match, terms: Terms) -> Item:
    product = match.product
    tins = period = funding = None
    if product is not None:
        tins = tins_of(line.quantities, product)
        if tins is None:
            tins = tins_by_money(line, product, terms)
        period = product.period_on(terms.day, terms.customer)
        funding = funding_of(line, product)
    return Item(
        line=line,
        product=product,
        candidates=match.candidates,
        tins=tins,
        funding=funding,
        unit_price=period.price if period else None,
        period=period,
        code_known=match.code_known,
        name_known=match.name_known,
    )
