"""Every entry balances in each book, whatever happens in whatever order, and nothing counts twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.ledger import (
    Account,
    Book,
    Entry,
    EntryKind,
    Opening,
    Posting,
    Unbalanced,
    approval_posting,
    checked,
    opening_entry,
    payment_posting,
    period_of,
    reversal_of,
    sums_of,
)

DAY = date(2026, 11, 9)
CENTS = st.integers(-(10**12), 10**12).map(lambda n: Decimal(n).scaleb(-2))
CODES = st.sampled_from(["N101", "N102", "S201"])


def entry(key: str, code: str, *postings: Posting) -> Entry:
    return Entry(
        key=key, kind=EntryKind.PAYMENT, distributor=code, day=DAY, period=DAY.replace(day=1),
        postings=postings,
    )  # fmt: skip


MOVES = st.lists(
    st.tuples(CODES, CENTS, CENTS, st.sampled_from(["pay", "grant", "both", "back"])), max_size=40
)


@given(MOVES)
def test_the_trial_balance_is_zero_after_any_sequence(
    moves: list[tuple[str, Decimal, Decimal, str]],
) -> None:
    entered: list[Entry] = []
    for number, (code, cash, expense, what) in enumerate(moves):
        if what == "back" and entered:
            entered.append(checked(reversal_of(entered[number % len(entered)], DAY, "")))
            continue
        parts = payment_posting(cash) if what != "grant" else ()
        parts += approval_posting(expense) if what != "pay" else ()
        entered.append(checked(entry(f"e{number}", code, *parts)))
    for sums in sums_of(entered).values():
        for book in Book:
            assert sum(n for account, n in sums.items() if account.book is book) == 0


@given(CENTS, CENTS)
def test_what_is_taken_back_counts_for_nothing_and_both_stay(
    cash: Decimal, expense: Decimal
) -> None:
    first = entry("e", "N101", *payment_posting(cash), *approval_posting(expense))
    back = reversal_of(first, DAY + timedelta(days=40), "冲销")
    assert not any(sums_of([first, back])["N101"].values())
    assert (back.key, back.reverses) == ("reversal:e", "e")
    assert back.period == date(2026, 12, 1), "a statement that is out stays true"
    assert not any(sums_of([back, reversal_of(back, DAY, "")])["N101"].values())


@given(st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=8))
def test_registers_loaded_in_any_number_leave_the_last_opening(
    stated: list[tuple[Decimal, Decimal]],
) -> None:
    entered: list[Entry] = []
    for version, (owed, left) in enumerate(stated):
        for _ in range(2):
            sums = sums_of(entered).get("N101", {})
            found = opening_entry(Opening("N101", owed, left), sums, version, DAY)
            if found is not None:
                entered.append(checked(found))
        sums = sums_of(entered).get("N101", {})
        assert sums.get(Account.OWED, 0) == owed
        assert sums.get(Account.UNUSED, 0) == left
        assert opening_entry(Opening("N101", owed, left), sums, version + 1, DAY) is None


@pytest.mark.parametrize(
    "postings",
    [
        (Posting(Account.OWED, Decimal(5)),),
        (Posting(Account.OWED, Decimal(5)), Posting(Account.TAKEN, Decimal(-5))),
        (Posting(Account.OWED, Decimal("0.005")), Posting(Account.SALES, Decimal("-0.005"))),
        (*payment_posting(Decimal(3)), *payment_posting(Decimal(4))),
    ],
    ids=["one side", "money against goods", "half a cent", "an account twice"],
)
def test_what_does_not_balance_is_no_entry(postings: tuple[Posting, ...]) -> None:
    with pytest.raises(Unbalanced):
        checked(entry("e", "N101", *postings))


def test_what_is_entered_late_stands_on_a_later_statement() -> None:
    assert period_of(date(2026, 11, 1), date(2026, 11, 27)) == date(2026, 11, 1)
    assert period_of(date(2026, 12, 1), date(2026, 11, 27)) == date(2026, 12, 1), (
        "after the cut-off"
    )
    assert period_of(date(2026, 11, 3), date(2026, 12, 2)) == date(2026, 12, 1)
