"""What was foreseen is used while it holds, and judged anew where the books have moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.domain.facts import Balance, EarlierOrder, Facts, Sender
from mailflow.domain.mail import MailState, Trust
from mailflow.domain.notice import Enclosure
from mailflow.domain.register import Register
from mailflow.judging import Dealt
from mailflow.pipeline import Foreseen
from mailflow.ports import MailRow, Preparing, Typesetter
from tests.scenarios.house import build_house, some_mails

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)
ROW = MailRow(7, "a" * 64, NOW, MailState.WAITING, "spooled", 0)
FACTS = Facts(Register(), Sender(None, Trust.C), NOW, ZoneInfo("Asia/Shanghai"))


class OfOne(Dealt):
    @property
    def concerned(self) -> frozenset[str]:
        return frozenset({"HE1000"})


FORESEEN = Foreseen(ROW, FACTS, OfOne(MailState.DONE, "booked"), {})


def with_balance(code: str) -> Facts:
    return replace(FACTS, balances={code: Balance(cash_accepted=Decimal(1))})


def with_earlier(code: str) -> Facts:
    return replace(FACTS, earlier=(EarlierOrder("DD1", code, "f", "", NOW, "accepted"),))


@pytest.mark.fault("K05")
def test_the_same_mail_on_the_same_facts_means_the_same() -> None:
    assert FORESEEN.holds(replace(ROW, attempts=1), FACTS)


def test_what_others_ordered_meanwhile_changes_nothing() -> None:
    assert FORESEEN.holds(ROW, with_balance("HE1001"))
    assert FORESEEN.holds(ROW, with_earlier("HE1001"))


def test_what_the_same_distributor_spent_or_ordered_meanwhile_is_judged_anew() -> None:
    assert not FORESEEN.holds(ROW, with_balance("HE1000"))
    assert not FORESEEN.holds(ROW, with_earlier("HE1000"))


@pytest.mark.fault("B10")
def test_another_register_sender_or_reading_is_judged_anew() -> None:
    assert not FORESEEN.holds(ROW, replace(FACTS, register=Register(version="2")))
    assert not FORESEEN.holds(ROW, replace(FACTS, sender=Sender("a@b.example", Trust.A)))
    assert not FORESEEN.holds(replace(ROW, revision=2), FACTS)
    assert not FORESEEN.holds(replace(ROW, id=8), FACTS)


def test_the_second_of_two_mails_foreseen_together_is_judged_by_what_the_first_booked(
    tmp_path: Path,
) -> None:
    house = build_house(tmp_path / "house")
    [(_, first)] = some_mails("01-clean").items()
    house.put("a", first)
    house.put("b", first.replace(b"Message-ID: <", b"Message-ID: <again-"))
    assert house.once().returncode == 0
    assert [order["state"] for order in house.rows("orders")] == ["accepted"]
    assert sorted(mail["reason"] for mail in house.rows("mails")) == ["booked", "sent-again"]


class Counting:
    """The house's own typesetter, which remembers what it was asked to prepare."""

    def __init__(self, typesetter: Typesetter) -> None:
        self.begun: list[Enclosure] = []
        self._typesetter = typesetter
        self.typeset = typesetter.typeset

    def prepare(self, enclosure: Enclosure, raw: bytes) -> Preparing:
        self.begun.append(enclosure)
        return self._typesetter.prepare(enclosure, raw)


def test_a_list_that_warehouse_and_manager_get_is_made_once(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    [(_, first)] = some_mails("01-clean").items()
    house.put("a", first)
    with opened(load_config(house.config), lambda: NOW + timedelta(days=1), exclusive=True) as app:
        counting = app.office.typesetter = Counting(app.office.typesetter)
        one_pass(app.works())
    assert len(counting.begun) == 1
    lists = [m for m in house.rows("messages") if m["notice"] in ("dispatch-list", "order-answer")]
    assert len(lists) == 2
