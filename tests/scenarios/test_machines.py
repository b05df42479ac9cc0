"""Who answers all our letters without saying that he is a machine gets a few answers a day, and then
a person looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.desk.idle import MOST, MOST_ASKED
from tests.scenarios.house import EVENING, build_house, some_mails
from tests.scenarios.replies import ADMIN, FINANCE, letters, order_state, question, reply, words
from tests.signing import name_server

AWAY = "我在休假，11月20日回来，急事请找小王"
EARLY = "2026-11-10T09:00:00+08:00"
ROUNDS = 8


def minutes_after(now: str, minutes: int) -> str:
    return (datetime.fromisoformat(now) + timedelta(minutes=minutes)).isoformat()


def plain(letter: EmailMessage) -> bytes:
    return reply(letter, AWAY, FINANCE, Date="Tue, 10 Nov 2026 10:00:00 +0800")


def with_a_card(letter: EmailMessage) -> bytes:
    card = ("名片.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n" * 50)
    return mail(FINANCE, f"Re: {letter['Subject']}", AWAY, card, In_Reply_To=letter["Message-ID"])


@pytest.mark.fault("L02")
@pytest.mark.parametrize("answer", [plain, with_a_card])
def test_a_machine_that_answers_everything_is_answered_a_few_times(
    answer: Callable[[EmailMessage], bytes], tmp_path: Path
) -> None:
    house = build_house(tmp_path / "house")
    house.put("0", some_mails("11-over-credit")["11-over-credit"])
    assert house.once(EARLY).returncode == 0
    answered, told = 0, [question(house, FINANCE)]
    for round_ in range(1, ROUNDS):
        for number, letter in enumerate(told[answered:]):
            house.put(f"{round_}-{number}", answer(letter))
        answered = len(told)
        assert house.once(minutes_after(EARLY, round_)).returncode == 0
        told = letters(house, FINANCE)
    assert len(told) == 1 + MOST
    assert order_state(house) == ["held"]
    last = max(house.rows("mails"), key=lambda m: m["id"])
    assert any(c["number"] == f"M{last['id']}" for c in house.rows("cases"))
    assert FINANCE in str(last["sender"])


@pytest.mark.fault("L02")
def test_people_are_answered_again_the_next_day_and_what_decides_always_counts(
    tmp_path: Path,
) -> None:
    house = build_house(tmp_path / "house")
    house.put("0", some_mails("11-over-credit")["11-over-credit"])
    assert house.once(EARLY).returncode == 0
    asked = question(house, FINANCE)
    for number in range(MOST + 1):
        house.put(f"{number + 1}", reply(asked, f"看看再说{number}", FINANCE))
        assert house.once(minutes_after(EARLY, number + 1)).returncode == 0
    assert len(letters(house, FINANCE)) == 1 + MOST
    house.put("next day", reply(asked, "再想想", FINANCE))
    assert house.once(minutes_after(EARLY, 26 * 60)).returncode == 0
    assert sum("没看懂" in words(letter) for letter in letters(house, FINANCE)) == MOST + 1
    house.put("yes", reply(asked, "同意", FINANCE))
    assert house.once(minutes_after(EARLY, 26 * 60 + 5)).returncode == 0
    assert order_state(house) == ["accepted"]


@pytest.fixture(scope="module")
def silent_server() -> Iterator[str]:
    with name_server({}) as address:
        yield address


@pytest.mark.fault("A18")
def test_whose_address_is_forged_a_hundred_times_gets_so_many_letters_and_no_more(
    tmp_path: Path, silent_server: str
) -> None:
    proof = f'trust: verified\nauthentication: {{nameservers: ["{silent_server}"]}}'
    house = build_house(tmp_path / "house", CONFIG.replace("trust: from", proof))
    forged = MOST_ASKED + 3
    for number in range(forged):
        form = sheet(order("N101", [(A1, number + 1, "现金")]))
        house.put(f"{number:03}", mail(BEI, f"订单 {number}", "请查收", ("订单.xlsx", form)))
    for number in range(10):
        house.put(f"s{number:03}", mail("hello@stranger.example", f"合作 {number}", "您好"))
    assert house.once(EVENING).returncode == 0
    assert order_state(house) == []
    assert len(letters(house, BEI)) == MOST_ASKED
    assert len(letters(house, ADMIN)) == 1, "the digest"
    assert letters(house, "stranger") == []
    assert len({c["subject_id"] for c in house.rows("cases")}) == forged
