"""A small run of `python -m accuracy.fuzz`: whatever is spoiled is read or refused."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from random import Random

import pytest

from accuracy.fuzz import Fuzz, Tally, run, spoiled_mail, told
from accuracy.mutations import NASTY, PLAIN, WORDS, Mutation
from accuracy.worlds import worlds
from mailflow.domain.naming import KnownNames, Lexicon
from mailflow.parsers.sandbox import Sandbox
from mailflow.parsers.values import money_of, number_of, price_of, quantity_of

COUNT = 250


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_spoiled_mails_are_read_or_refused(sandbox: Sandbox) -> None:
    tally = run(7, range(COUNT), Fuzz(sandbox))
    assert tally.outcomes["read"] + tally.outcomes["refused"] == COUNT, list(told(tally, 1))
    assert min(tally.outcomes["read"], tally.outcomes["refused"]) > COUNT // 10


def test_a_mail_is_spoiled_the_same_way_at_any_time() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert [spoiled_mail(7, n)[1] for n in range(20)] == [
            spoiled_mail(7, n)[1] for n in range(20)
        ]


def test_what_ends_otherwise_is_told() -> None:
    tally = Tally()
    tally.take(3, "error: RecursionError: deep", 0.1)
    tally.take(4, "read", 9.0)
    assert list(told(tally, 1))[-2:] == ["WRONG 3: error: RecursionError: deep", "SLOW 4: 9.0 s"]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_cell_takes_for_ever_as_a_name_or_a_figure(text: str) -> None:
    """Processor time, and much of it: the longest was two minutes."""
    register = worlds()[0].register
    known, lexicon = KnownNames.of(register), Lexicon(register)
    begun = time.process_time()
    assert not known.is_product(text)
    known.names_customer(text)
    known.customer_within(text)
    for place in range(3):
        texts: list[str | None] = [None, None, None]
        texts[place] = text
        assert lexicon.match(*texts).product is None
    lexicon.customers_named(text)
    lexicon.customers_within(text)
    assert quantity_of(text) == number_of(text) == money_of(text) == price_of(text) is None
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("spoil", sorted({*PLAIN, *WORDS}, key=lambda s: s.__name__))
def test_a_way_to_spoil_changes_something_in_ten_tries(spoil: Mutation) -> None:
    data = b'<a encoding="utf-8"><td>12</td>,name,3</a>'
    assert any(spoil(data, Random(n)) != data for n in range(10))
