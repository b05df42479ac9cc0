"""Whose order it is, by the mail's own words: asked only where sheet, subject and names are silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailflow.domain.facts import Facts
from mailflow.domain.naming import Lexicon, normalised
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Customer
from mailflow.rules.other_people import SHORTEST_NAME
from mailflow.rules.own_words import own_words
from mailflow.rules.wishes import said

_HANDS_OVER = pattern(
    r"(?:订单|订货单?|要货单?|报货单?|采购单|order)[^\n]{0,12}(?:附件|查收|请查|见附|安排|发上|如下|attached|below)"
    r"|(?:附件|附上|附|发上|attached|here)[^\n]{0,40}(?:订单|订货|要货|报货|采购单|order)"
)
_OF_ANOTHER = pattern(
    r"参[照考]|一样|相同|上次|上个?月|上周|去年|不是|而非|除了|转给|last|previous|same as"
)


_WORDS_BETWEEN = pattern("附件|附上|发上|[是为的]")
"""What stands right before or behind a name and is no part of it."""


def customers_in_mail(facts: Facts, lexicon: Lexicon) -> tuple[Customer, ...]:
    """`您好，某某商贸的订单请查收`: whom the lines name that hand the order over."""
    lines = own_words(facts.mail_text).splitlines()
    handing = [x for x in lines if _HANDS_OVER.search(said(x)) and not _OF_ANOTHER.search(said(x))]
    named = {
        c.code: c
        for x in handing
        for p in (x, *_WORDS_BETWEEN.split(x))
        for c in lexicon.customers_within(p)
    }
    mentioned = {code for x in handing for code in _mentioned(x, facts.register.customers)}
    return tuple(named.values()) if mentioned <= named.keys() else ()


def hands_over_anothers(facts: Facts, customer: Customer) -> str | None:
    """The line that hands over the order of somebody else, and no line speaks of this one: whose
    sheet was filled in again and kept the old name? None where all agree."""
    own = {normalised(name) for name in (customer.name, *customer.aliases)}
    found = None
    for line in own_words(facts.mail_text).splitlines():
        if any(name and name in normalised(line) for name in own):
            return None
        if _HANDS_OVER.search(said(line)) and not _OF_ANOTHER.search(said(line)):
            named = any(True for _ in _mentioned(line, facts.register.customers))
            found = found or (line if named else None)
    return found


def _mentioned(text: str, customers: Sequence[Customer]) -> Iterator[str]:
    """The codes of all whose name stands anywhere in a text, however it goes on there: with two
    of them nobody knows whose order it is. A name inside of a longer one is not counted."""
    words = normalised(text)
    names = ((normalised(name), c.code) for c in customers for name in (c.name, *c.aliases))
    for name, code in sorted(names, key=lambda pair: -len(pair[0])):
        if len(name) >= SHORTEST_NAME and name in words:
            words = words.replace(name, "\n")
            yield code
