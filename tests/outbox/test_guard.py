"""Who may get a message: people of the register, and nobody else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mailflow.domain.register import Customer, Person, Register, Role, ShipTo
from mailflow.outbox.guard import allowed, recipients_allowed

OWN = "orders@desk.example"
REGISTER = Register(
    customers=(
        Customer(
            code="HE1000",
            name="甲贸易有限公司",
            aliases=(),
            region="华东",
            regional_manager="manager@desk.example",
            email="buyer@shop.example",
            ship_to=ShipTo(),
            credit_limit=Decimal(0),
            expense_balance=Decimal(0),
            owed=Decimal(0),
        ),
    ),
    staff=(
        Person(Role.WAREHOUSE, "仓库", "ware@desk.example"),
        Person(Role.SALES_ADMIN, "销管", OWN),
    ),
)


@pytest.mark.parametrize(
    "address", ["ware@desk.example", "buyer@shop.example", "WARE@Desk.Example"]
)
def test_is_silent_about_people_of_the_register(address: str) -> None:
    assert recipients_allowed([address], REGISTER, OWN) == ()


@pytest.mark.fault("A10", "A14", "O08")
@pytest.mark.parametrize(
    "address",
    [
        "stranger@other.example",
        "ware@desk.example.other.example",
        "xware@desk.example",
        "",
        "ware",
        "ware@desk.example, stranger@other.example",
        "ware@desk.example\r\nBcc: stranger@other.example",
        "<ware@desk.example>",
    ],
)
def test_nobody_else_gets_anything(address: str) -> None:
    assert not allowed(address, REGISTER, OWN)


@pytest.mark.fault("L03")
@pytest.mark.parametrize("own", [OWN, "ORDERS@desk.example", " orders@desk.example "])
def test_we_never_write_to_ourselves_even_if_registered(own: str) -> None:
    assert not allowed(OWN, REGISTER, own)
    assert not allowed(OWN, REGISTER, own, redirect_to=OWN)


def test_the_one_address_of_a_rehearsal_may_be_anybody_s() -> None:
    assert allowed("trial@other.example", REGISTER, OWN, redirect_to="trial@other.example")
    assert not allowed("else@other.example", REGISTER, OWN, redirect_to="trial@other.example")


def test_each_refused_recipient_is_named_once() -> None:
    asked = ["x@other.example", "ware@desk.example", "x@other.example", "y@other.example"]
    assert recipients_allowed(asked, REGISTER, OWN) == ("x@other.example", "y@other.example")
