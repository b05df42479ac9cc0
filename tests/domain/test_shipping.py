"""Nothing that a warehouse tells counts twice, and only quantities make an order shipped."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.batch import batch_key
from mailflow.domain.shipping import (
    Counted,
    Differs,
    Load,
    SentLine,
    counted,
    differences,
    is_shipped,
    together,
)

LISTED = {"A": 60, "B": 120}
ONE, OTHER = date(2026, 11, 10), date(2026, 11, 11)


def load(waybill: str = "", day: date | None = None, batch: str = "", **tins: int) -> Load:
    lines = tuple(SentLine(sku=sku, tins=n, batch=batch) for sku, n in tins.items())
    return Load(lines=lines, waybill=waybill, shipped_on=day)


def reckoned(found: Counted, known: tuple[Load, ...]) -> tuple[Load, ...]:
    gone = {r.fingerprint for r in found.replaced}
    return (*(k for k in known if k.fingerprint not in gone), *found.new)


def test_nothing_differs_where_all_has_left() -> None:
    assert differences(LISTED, LISTED) == ()
    assert differences({}, {}) == ()


def test_what_differs_is_told_by_its_kind() -> None:
    found = differences(LISTED, {"A": 54, "B": 126, "C": 6})
    assert [(d.differs, d.sku, d.listed, d.shipped) for d in found] == [
        (Differs.MISSED, "A", 60, 54),
        (Differs.OVER, "B", 120, 126),
        (Differs.WRONG, "C", 0, 6),
    ]


@pytest.mark.parametrize(
    ("shipped", "is_all"),
    [
        ({}, False),
        ({"A": 60}, False),
        ({"A": 60, "B": 119}, False),
        (LISTED, True),
        ({"A": 61, "B": 120, "C": 6}, True),
        ({"C": 180}, False),
    ],
)
def test_an_order_is_shipped_by_its_quantities_alone(shipped: dict[str, int], is_all: bool) -> None:
    assert is_shipped(LISTED, shipped) is is_all
    assert not is_shipped({}, shipped)


@pytest.mark.parametrize(
    ("before", "told", "becomes"),
    [
        # Said twice, in words and on paper.
        (load("SF1", ONE, A=60), load("SF1", ONE, A=60), "again"),
        (load("SF1", ONE, A=60, batch="B1"), load("sf 1", A=60), "again"),
        (load("SF1", A=60), load("SF1", ONE, A=60, batch="B1"), "replaces"),
        (load(A=60, B=120), load("SF1", ONE, A=60, B=120), "replaces"),
        # The same truck with more than was said first.
        (load("SF1", A=60), load("SF1", A=60, B=120), "replaces"),
        (load("SF1", A=60), load("SF1", A=54), "unclear"),
        # Two loads.
        (load(A=60), load(B=120), "further"),
        (load("SF1", A=30), load("SF2", A=30), "further"),
        (load("", ONE, A=30), load("", OTHER, A=30), "further"),
        # Two loads of all of it cannot be told from one that is corrected.
        (load("SF1", A=60), load("SF2", A=60), "unclear"),
        (load("", ONE, A=60), load("", OTHER, A=60), "unclear"),
        (load(A=30), load(A=30, batch="B1"), "unclear"),
        (load(B=60), load(B=30), "further"),
        (load(A=60), load(A=54, B=120), "unclear"),
    ],
)
def test_a_load_told_after_another(before: Load, told: Load, becomes: str) -> None:
    found = counted([told], [before], LISTED, corrects=False)
    names = {
        "again": found == Counted(again=(told,)),
        "replaces": found == Counted(new=(told,), replaced=(before,)),
        "further": found == Counted(new=(told,)),
        "unclear": found == Counted(unclear=(told,)),
    }
    assert [name for name, is_so in names.items() if is_so] == [becomes]


def test_what_says_that_it_corrects_takes_the_place_of_all() -> None:
    before = (load("SF1", A=60), load("SF2", B=120))
    told = (load("SF1", A=54), before[1])
    found = counted(told, before, LISTED, corrects=True)
    assert found == Counted(new=told[:1], replaced=before[:1], again=told[1:])
    assert counted(before, before, LISTED, corrects=True) == Counted(again=before)


def test_where_one_load_is_unclear_none_counts() -> None:
    told = (load("SF2", A=60), load("SF3", B=120))
    assert counted(told, [load("SF1", A=60)], LISTED, corrects=False).new == ()


LOADS = st.builds(
    lambda waybill, day, tins: load(waybill, day, **tins),
    st.sampled_from(("", "SF1", "SF2")),
    st.sampled_from((None, ONE, OTHER)),
    st.dictionaries(st.sampled_from("ABC"), st.integers(1, 130), min_size=1),
)
MANY = st.lists(LOADS, max_size=4).map(tuple)


@given(st.lists(MANY, max_size=4), st.booleans())
def test_whatever_is_mailed_twice_counts_once(mails: list[tuple[Load, ...]], fix: bool) -> None:
    known: tuple[Load, ...] = ()
    for told in mails:
        known = reckoned(counted(told, known, LISTED, fix), known)
        once = reckoned(counted(told, known, LISTED, fix), known)
        if {t.fingerprint for t in told} <= {k.fingerprint for k in known}:
            assert once == known
        assert len({k.fingerprint for k in known}) == len(known)


@given(MANY, MANY)
def test_nothing_is_counted_that_nobody_told(
    first: tuple[Load, ...], then: tuple[Load, ...]
) -> None:
    told = {x.fingerprint: x for x in (*first, *then)}
    known = reckoned(counted(first, (), LISTED, False), ())
    after = together(reckoned(counted(then, known, LISTED, False), known))
    assert all(after[sku] <= together(told.values())[sku] for sku in after)


@given(
    st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 99)),
    st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 99)),
)
def test_differences_add_up(listed: dict[str, int], shipped: dict[str, int]) -> None:
    found = differences(listed, shipped)
    lacking = sum(d.shipped - d.listed for d in found)
    assert lacking == sum(shipped.values()) - sum(listed.values())
    assert bool(listed) is False or is_shipped(listed, shipped) == all(
        d.differs is not Differs.MISSED for d in found
    )


@pytest.mark.parametrize("text", ["B20260301", " b2026 0301 ", "Ｂ２０２６０３０１", "b20260301"])
def test_one_batch_however_it_is_written(text: str) -> None:
    assert batch_key(text) == "b20260301"
    assert batch_key("") == batch_key(" \u3000") == ""
