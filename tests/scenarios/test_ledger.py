"""What a distributor owes and has left, as a person looks at it, from the mail to the last cent."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.house import EVENING, House, build_house, some_mails


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path)


def account(house: House, code: str) -> dict[str, Any]:
    told = house.run("show", "account", code, "--json")
    assert told.returncode == 0, told.stderr
    return dict(json.loads(told.stdout))


def documents(house: House, code: str) -> list[tuple[str, str, str, str]]:
    return [
        (e["kind"], e["document"], e["cash"], e["expense"]) for e in account(house, code)["entries"]
    ]


def test_without_orders_there_are_the_openings_of_the_register_alone(house: House) -> None:
    house.once()
    house.once(EVENING)
    assert documents(house, "N101") == [("opening", "register 2", "0.00", "20000.00")]


def test_every_accepted_order_is_one_entry_with_its_cells(house: House) -> None:
    for name, raw in some_mails().items():
        house.put(name, raw)
    house.once()
    booked = {o["number"]: o for o in house.rows("orders") if o["state"] == "accepted"}
    told = [e for o in booked.values() for e in account(house, o["distributor"])["entries"]]
    entered = {e["document"]: e for e in told if e["kind"] == "order"}
    assert entered.keys() == booked.keys()
    for number, order in booked.items():
        entry = entered[number]
        assert Decimal(entry["cash"]) * 100 == order["cash_cents"]
        assert -Decimal(entry["expense"]) * 100 == order["expense_cents"]
        assert (entry["mail_id"], bool(entry["cell"])) == (order["mail_id"], True)
    assert "ledger:" in house.run("status").stdout
    assert "the ledger" not in house.run("doctor").stdout


def test_an_order_that_is_closed_is_given_back_and_both_stay(house: House) -> None:
    for name, raw in some_mails().items():
        house.put(name, raw)
    house.once()
    [order, *_] = [o for o in house.rows("orders") if o["state"] == "accepted"]
    before = documents(house, order["distributor"])
    house.run("close", "order", order["number"], "--reason", "经销商不要了")
    after = account(house, order["distributor"])
    assert documents(house, order["distributor"])[:-1] == before
    assert after["entries"][-1]["kind"] == "reversal"
    assert after["entries"][-1]["remark"] == "经销商不要了"
    assert after["owed"] == before[0][2]


def test_of_whom_nothing_was_entered_that_is_said(house: House) -> None:
    house.once()
    told = house.run("show", "account", "X999")
    assert told.returncode == 1
    assert "nothing was entered" in told.stderr
