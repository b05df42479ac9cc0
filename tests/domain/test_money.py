"""Money is exact to the cent, rounded half up: nothing is lost on the way, however much is summed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.money import CENT, MOST_DIGITS, ZERO, line_amount, of_cents, shown, to_cents

CENTS = st.integers(-(10**14), 10**14)
FINE = st.decimals("-1e9", "1e9", places=6)
PRICES = st.decimals("0", "99999.99", places=2)


@given(CENTS)
def test_whole_cents_come_back_as_they_are(cents: int) -> None:
    amount = of_cents(cents)
    assert amount * 100 == cents
    assert amount.as_tuple().exponent == -2
    assert to_cents(amount) == amount


@given(FINE)
def test_rounding_moves_by_half_a_cent_at_most_and_once(amount: Decimal) -> None:
    rounded = to_cents(amount)
    assert abs(rounded - amount) <= CENT / 2
    assert to_cents(rounded) == rounded
    assert to_cents(-amount) == -rounded


@given(CENTS.filter(bool))
def test_half_a_cent_goes_away_from_zero_and_less_goes_back(cents: int) -> None:
    step = Decimal(1 if cents > 0 else -1)
    half = of_cents(cents) + step * CENT / 2
    assert to_cents(half) == of_cents(cents) + step * CENT
    assert to_cents(half - step * CENT / 1000) == of_cents(cents)


@given(st.lists(CENTS, max_size=60))
def test_a_sum_of_amounts_is_the_sum_of_their_cents(cents: list[int]) -> None:
    assert sum(map(of_cents, cents), ZERO) == of_cents(sum(cents))


@given(PRICES, st.integers(0, 100_000), st.integers(0, 100_000))
def test_tins_of_a_line_cost_the_same_on_one_line_or_two(
    price: Decimal, one: int, two: int
) -> None:
    assert line_amount(price, one) + line_amount(price, two) == line_amount(price, one + two)
    assert line_amount(price, one) == (price * one).quantize(CENT, ROUND_HALF_UP)


@given(FINE)
def test_what_is_shown_has_two_decimals_and_is_read_back(amount: Decimal) -> None:
    text = shown(amount)
    assert text is not None
    assert Decimal(text) == to_cents(amount)
    whole, _, decimals = text.partition(".")
    assert len(decimals) == 2
    assert whole.lstrip("-").isdigit()


def test_known_halves_and_what_is_beyond_all_money() -> None:
    assert [str(to_cents(Decimal(t))) for t in ("0.005", "2.675", "-2.675", "1.0049")] == [
        "0.01", "2.68", "-2.68", "1.00",
    ]  # fmt: skip
    beyond = Decimal(10) ** MOST_DIGITS
    assert to_cents(beyond) == beyond
    assert shown(None) is None
