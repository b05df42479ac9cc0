"""Who is asked: the person in whose part it is, and for himself another where there is one."""

from __future__ import annotations

import pytest

from mailflow.desk.people import Desk
from mailflow.domain.finding import Asked
from mailflow.domain.register import Person, Register, Role

HE = Person(Role.SALES_ADMIN, "小何", "he@x.example", ("北区",))
SHE = Person(Role.SALES_ADMIN, "小李", "li@x.example", ("北区", "南区"))
GM = Person(Role.MARKETING_GM, "总经理", "gm@x.example", ())


def asked(*staff: Person, of: str = "", region: str | None = "北区") -> Person | None:
    return Desk(Register(staff=staff)).asked(Asked.SALES_ADMIN, region, of)


def test_nobody_is_asked_where_nobody_has_that_part() -> None:
    assert asked() is None
    assert asked(GM) is None
    assert Desk(Register(staff=(HE,))).asked(Asked.SENDER, "北区") is None


def test_the_first_of_the_region_is_asked() -> None:
    assert asked(GM, HE, SHE) == HE
    assert asked(HE, SHE, region="南区") == SHE


@pytest.mark.fault("P11")
def test_who_wants_it_himself_is_not_asked_where_another_has_the_same_part() -> None:
    assert asked(HE, SHE, of="HE@x.example") == SHE
    assert asked(HE, SHE, of="somebody@x.example") == HE


def test_the_only_one_is_asked_himself() -> None:
    assert asked(HE, of=HE.email) == HE
