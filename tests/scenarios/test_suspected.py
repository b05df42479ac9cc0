"""An answer that a machine may have given, or that somebody guesses, is looked at by a person (P02, P03)."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from mailflow.domain.answer import TOKEN_LENGTH, TOKEN_SIGNS, tokens_in
from tests.scenarios.house import EVENING, House, build_house, some_mails
from tests.scenarios.replies import FINANCE, TOKEN, letters, question, reply

SOON = "2026-11-10T18:00:0{}+08:00"
NEXT_DAY, DAY_AFTER = "2026-11-11T09:00:00+08:00", "2026-11-12T09:00:01+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path / "house")
    house.put("order", some_mails("11-over-credit")["11-over-credit"])
    assert house.once(EVENING).returncode == 0
    return house


def comes(house: House, now: str, *raw: bytes) -> None:
    for number, each in enumerate(raw):
        house.put(f"{now[:13]}-{len(house.rows('mails'))}-{number}", each)
    assert house.once(now).returncode == 0


def ends(house: House) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in house.rows("mails")][1:]


def orders(house: House) -> list[str]:
    return [o["state"] for o in house.rows("orders")]


@pytest.mark.fault("P02")
def test_what_answers_within_seconds_is_shown_to_a_person_and_the_same_later_counts(
    house: House,
) -> None:
    before = len(letters(house))
    comes(house, SOON.format(4), reply(question(house, FINANCE), "同意", FINANCE))
    assert (ends(house), orders(house)) == ([("review", "answer-too-quick")], ["held"])
    assert len(letters(house)) == before
    assert "answer-too-quick" in [c["reason"] for c in house.rows("cases")]
    # A person has looked, and it is his yes.
    assert house.run("redo", "2", "--reason", "he wrote it").returncode == 0
    assert house.once(SOON.format(9)).returncode == 0
    assert (ends(house), orders(house)) == ([("done", "approval-applied")], ["accepted"])


@pytest.mark.fault("P02")
def test_five_seconds_later_it_counts(house: House) -> None:
    comes(house, SOON.format(5), reply(question(house, FINANCE), "同意", FINANCE))
    assert (ends(house), orders(house)) == ([("done", "approval-applied")], ["accepted"])


def guessed(house: House, *signs: str) -> list[bytes]:
    asked = question(house, FINANCE)
    wrong = [TOKEN.sub("#" + sign * 26, asked["Subject"]) for sign in signs]
    return [reply(asked, "同意", FINANCE, subject=f"Re: {subject}") for subject in wrong]


@pytest.mark.fault("P03")
def test_who_tries_five_codes_is_not_looked_at_for_a_day(house: House) -> None:
    right = reply(question(house, FINANCE), "好的收到", FINANCE)
    comes(house, NEXT_DAY, *guessed(house, *TOKEN_SIGNS[:4]))
    # A right one in between begins anew, whatever it says.
    comes(house, NEXT_DAY, right)
    comes(house, NEXT_DAY, *guessed(house, *TOKEN_SIGNS[4:9]))
    assert ("review", "codes-guessed") not in ends(house)[:-1]
    assert ends(house)[-1] == ("review", "codes-guessed")
    assert [c["reason"] for c in house.rows("cases")].count("codes-guessed") == 1
    told = len(letters(house))
    yes = reply(question(house, FINANCE), "同意", FINANCE)
    comes(house, NEXT_DAY, *guessed(house, "Z"), yes)
    assert sorted(ends(house)[-2:]) == [("ignored", "codes-guessed"), ("review", "codes-guessed")]
    assert (len(letters(house)), orders(house)) == (told, ["held"])
    comes(house, DAY_AFTER, reply(question(house, FINANCE), "同意", FINANCE, quote=True))
    assert (ends(house)[-1], orders(house)) == (("done", "approval-applied"), ["accepted"])


@pytest.mark.fault("P03")
def test_a_code_has_128_bits_and_a_shorter_one_of_before_is_still_read() -> None:
    assert TOKEN_LENGTH * math.log2(len(TOKEN_SIGNS)) >= 128
    for length in (20, 26):
        assert tokens_in(f"Re: [DD261110-0001 #{'7K' * (length // 2)}]") == ("7K" * (length // 2),)
    assert [tokens_in("#" + "7" * length) for length in (19, 21, 25, 27)] == [()] * 4
