"""Checks of whose an order is, where it goes, who sent it, and whether it came before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.decision import Outcome
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Trust
from tests.rules import desk
from tests.rules.desk import (
    BELLE,
    ISLE,
    at,
    codes,
    facts,
    findings,
    judged,
    order,
    said,
    ship_to,
    with_customer,
)

REGISTERED = BELLE.ship_to


def test_the_sheets_own_words_name_the_distributor() -> None:
    for names in (("HB1001",), ("石门贝乐",), ("HB1001", "石门市贝乐商贸有限公司")):
        decision = judged(order(distributor=names))
        assert decision.findings == ()
        assert decision.appraisal is not None
        assert decision.appraisal.customer is BELLE


def test_hints_count_only_where_the_sheet_is_silent() -> None:
    hints = (said("石门贝乐订单1109"), said("订单.xlsx"))
    assert codes(order(distributor=(), hints=hints)) == set()
    assert codes(order(distributor=(), hints=(said("订单"),))) == {"unknown-distributor"}
    decision = judged(order(distributor=(BELLE.name,), hints=(said("平川爱岛订单"),)))
    assert decision.appraisal is not None
    assert decision.appraisal.customer is BELLE


def test_a_distributor_who_names_nobody_orders_for_himself() -> None:
    own = facts(sender=Sender(BELLE.email, Trust.A, (), (BELLE,)))
    decision = judged(order(distributor=()), own)
    assert decision.findings == ()
    assert decision.appraisal is not None
    assert decision.appraisal.customer is BELLE
    two = facts(sender=Sender(BELLE.email, Trust.A, (), (BELLE, ISLE)))
    assert codes(order(distributor=()), two) == {"ambiguous-distributor"}
    assert codes(order(distributor=(ISLE.name,)), own) == {"not-entitled"}


def test_hints_that_name_two_are_ambiguous() -> None:
    hints = (said("石门贝乐订单"), said("平川市爱岛商贸有限公司.xlsx"))
    [finding] = judged(order(distributor=(), hints=hints)).findings
    assert finding.code == "ambiguous-distributor"
    assert "HB1001" in finding.expected
    assert "HB1003" in finding.expected


def test_an_unknown_distributor_is_returned_with_a_proposal() -> None:
    [finding] = judged(order(distributor=("石门市贝乐贸易有限公司",))).findings
    assert finding.code == "unknown-distributor"
    assert finding.proposal == BELLE.name
    assert finding.at == at(1, 1)


def test_an_order_for_nobody_is_returned() -> None:
    [finding] = findings("unknown-distributor", order(distributor=()))
    assert finding.variant == "nameless"


def test_an_alias_of_two_is_asked() -> None:
    assert codes(order(distributor=("平川爱岛",))) == {"ambiguous-distributor"}


def test_code_and_name_of_two_distributors_are_asked() -> None:
    document = order(distributor=("HB1001", ISLE.name))
    assert codes(document) == {"ambiguous-distributor"}
    assert judged(document).outcome is Outcome.RETURNED


def test_a_known_code_beside_a_strange_name_is_asked() -> None:
    assert codes(order(distributor=("HB1001", "某某有限公司"))) == {"unknown-distributor"}


def test_the_registered_ship_to_is_silent_however_it_is_spaced() -> None:
    stated = ship_to(
        consignee="王 芳", phone="+86 138-0000-1234", address="冀北省 测试市，中山路 1－23 号"
    )
    assert codes(order(ship_to=stated)) == set()
    assert codes(order(ship_to=ship_to(consignee="王芳 13800001234"))) == set()
    assert codes(order(ship_to=ship_to())) == set()


@pytest.mark.fault("A13")
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("consignee", "王方"),
        ("phone", "13800001235"),
        ("address", "冀北省测试市中山路12-3号"),
        ("address", "冀北省测试市中山路123号"),
        ("delivery_address", "冀北省测试市物流园5号仓"),
    ],
)
def test_a_difference_in_the_ship_to_is_returned_and_never_used(field: str, text: str) -> None:
    decision = judged(order(ship_to=ship_to(**{field: text})))
    [finding] = decision.findings
    assert finding.code == "ship-to-mismatch"
    assert finding.variant == field.replace("_", "-")
    assert finding.found == text
    assert finding.expected != text
    assert finding.at == at(3, 0)
    assert decision.outcome is Outcome.RETURNED


def test_a_second_address_is_known_alone_in_brackets_and_as_the_same() -> None:
    place = replace(REGISTERED, delivery_address="冀北省测试市物流园5号仓")
    known = with_customer(ship_to=place)
    both = f"{place.address}（{place.delivery_address}）"
    assert codes(order(ship_to=ship_to(delivery_address=place.delivery_address)), known) == set()
    assert codes(order(ship_to=ship_to(address=both)), known) == set()
    assert codes(order(ship_to=ship_to(delivery_address="同上"))) == set()
    assert codes(order(ship_to=ship_to(delivery_address="同上")), known) == {"ship-to-mismatch"}
    assert codes(order(ship_to=ship_to(address=place.delivery_address)), known) == {
        "ship-to-mismatch"
    }


def test_the_ship_to_of_an_unknown_distributor_is_not_compared() -> None:
    document = order(distributor=("某某",), ship_to=ship_to(consignee="谁"))
    assert codes(document) == {"unknown-distributor"}


@pytest.mark.fault("A12")
@pytest.mark.parametrize(
    "sender",
    [
        Sender(desk.MANAGER.email, Trust.A, (desk.MANAGER,)),
        Sender(desk.ADMIN.email, Trust.A, (desk.ADMIN,)),
        Sender(BELLE.email, Trust.A, (), (BELLE,)),
    ],
)
def test_manager_admin_and_distributor_may_order(sender: Sender) -> None:
    assert codes(order(), facts(sender=sender)) == set()


@pytest.mark.fault("A12")
@pytest.mark.parametrize(
    "sender",
    [
        Sender("x@house.example", Trust.A, (replace(desk.MANAGER, email="x@house.example"),)),
        Sender(desk.FAR_ADMIN.email, Trust.A, (desk.FAR_ADMIN,)),
        Sender(desk.WAREHOUSE.email, Trust.A, (desk.WAREHOUSE,)),
        Sender(ISLE.email, Trust.A, (), (ISLE,)),
    ],
)
def test_nobody_else_may_order(sender: Sender) -> None:
    decision = judged(order(), facts(sender=sender))
    [finding] = decision.findings
    assert (finding.code, finding.asked) == ("not-entitled", Asked.SALES_ADMIN)
    assert decision.outcome is Outcome.REVIEW


@pytest.mark.fault("A01")
def test_a_sender_who_is_not_proven_books_nothing() -> None:
    sender = Sender(desk.MANAGER.email, Trust.B, (desk.MANAGER,))
    decision = judged(order(), facts(sender=sender))
    assert [f.code for f in decision.findings] == ["untrusted-sender"]
    assert decision.outcome is Outcome.REVIEW
