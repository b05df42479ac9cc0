"""What is kept of calls: of a store, product, month and consumer the newest told counts, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.called import NO_CALLS, Called, CallSums, sorted_by, summed

NOVEMBER = date(2026, 11, 1)


def called(who: str = "a", used: int = 1, **change: object) -> Called:
    row = Called(
        distributor="N101",
        store="阳光店",
        key="阳光店",
        sku="SP-A1-S120",
        month=NOVEMBER,
        who=who,
        called_on=None,
        sums=CallSums(calls=1, reached=1, sent=1, heard=1, used=used, wasted=1 - used),
    )
    return replace(row, **change)  # type: ignore[arg-type] # fields of a frozen value


def test_nothing_is_entered_of_what_holds_already() -> None:
    found = sorted_by([called()], [called()])
    assert found.entered == ()
    assert found.known == (called(),)


def test_another_result_of_the_same_consumer_takes_the_place_of_the_one_before() -> None:
    found = sorted_by([called()], [called(used=0)])
    assert (found.new, found.changed) == ((), (called(used=0),))


def test_a_call_before_the_one_that_holds_changes_nothing() -> None:
    held = called(called_on=date(2026, 11, 7))
    found = sorted_by([held], [called(used=0, called_on=date(2026, 11, 5))])
    assert found.entered == ()


def test_rates_are_of_what_was_heard_of_and_none_where_nothing_was() -> None:
    assert NO_CALLS.use_permille is None
    assert CallSums(sent=9, heard=7, used=4, wasted=2).use_permille == 571
    assert CallSums(sent=9, heard=7, used=4, wasted=2).waste_permille == 285


ROWS = st.lists(
    st.builds(
        called,
        who=st.sampled_from("abcd"),
        used=st.integers(0, 1),
        key=st.sampled_from(["阳光店", "月亮店"]),
        called_on=st.sampled_from([None, date(2026, 11, 5), date(2026, 11, 9)]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(st.lists(ROWS, max_size=4))
def test_however_often_sheets_come_everybody_is_counted_once(sheets: list[list[Called]]) -> None:
    held: dict[tuple[object, ...], Called] = {}
    for sheet in sheets:
        found = sorted_by(held.values(), sheet)
        assert not {r.same for r in found.new} & {r.same for r in found.changed}
        held |= {row.same: row for row in found.entered}
    everybody = {row.same for sheet in sheets for row in sheet}
    assert set(held) == everybody
    total = sum((s.sums for s in summed(held.values())), NO_CALLS)
    assert total.calls == len(everybody)
    assert total.used + total.wasted == total.heard <= total.sent
    for sheet in sheets[-1:]:
        again = sorted_by(held.values(), sheet[-1:])
        assert again.entered == () or sheet[-1].called_on is None
