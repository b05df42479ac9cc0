"""Numbers that can be called, and which of them are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.personal import masked_name, masked_phone
from mailflow.rules.phones import phone_of


@pytest.mark.parametrize(
    "text",
    [
        *("", "待定", "1380000111", "138000011112", "12345678901", "55550000", "95588"),
        *("400-800-1234", "13800001111/13900002222", "13800001111 13900002222", "00000000000"),
        *("13800001111、13900002222", "13800001111,13900002222"),
    ],
)
def test_is_silent_about_what_nobody_can_call_for_certain(text: str) -> None:
    assert phone_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("13800001111", "138 0000 1111", "138-0000-1111", "+86 138-0000-1111"),
        *("0086 13800001111", "8613800001111", "１３８００００１１１１", " 13800001111 "),
    ],
)
def test_one_telephone_is_one_however_it_is_written(text: str) -> None:
    found = phone_of(text)
    assert found is not None
    assert (found.key, found.dialled) == ("+8613800001111", "13800001111")


def test_a_landline_keeps_its_area_and_its_extension() -> None:
    [plain, more] = [phone_of(t) for t in ("0371-55550000", "0371-55550000转12")]
    assert plain is not None
    assert more is not None
    assert (plain.dialled, more.dialled) == ("037155550000", "037155550000转12")
    assert plain.key != more.key
    abroad = phone_of("+852 9123 4567")
    assert abroad is not None
    assert abroad.dialled == "+852 9123 4567"


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_what_is_dialled_is_read_as_the_same_telephone(text: str) -> None:
    found = phone_of(text)
    if found is not None:
        assert phone_of(found.dialled) == found
        assert phone_of(found.key) == found


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = phone_of(text)
    assert found is None or found.key.startswith("+")


@given(st.from_regex(r"\d{1,20}", fullmatch=True))
def test_a_number_shows_its_ends_and_no_more(digits: str) -> None:
    masked = masked_phone(digits)
    shown = [sign for sign in masked if sign.isdigit()]
    assert len(shown) <= max(0, len(digits) - 2)
    assert len(shown) <= 7
    assert digits not in masked


@given(st.text(min_size=1, max_size=10))
def test_a_name_shows_its_first_sign_alone(name: str) -> None:
    masked = masked_name(name)
    assert masked == "" if not name.strip() else masked[0] == name.strip()[0]
    assert set(masked[1:]) <= {"*"}
