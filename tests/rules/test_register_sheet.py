"""A mailed register held against the one that is known: what it changes, and why it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.distributors import DistributorRow, Distributors
from mailflow.domain.facts import Sender
from mailflow.domain.mail import Trust
from mailflow.domain.master import HEADINGS, MasterKind, customers_of
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.report import ReportColumn
from mailflow.domain.sheet import Place, Span
from mailflow.rules.register_findings import Standing, change_findings
from mailflow.rules.register_sheet import JudgedRegister, judged_register
from tests.rules import desk
from tests.rules.desk import ADMIN, FAR_ADMIN, FILE, MANAGER, SHEET, WAREHOUSE

SOUTH = Person(Role.REGIONAL_MANAGER, "赵经理", "south@house.example", ("岭南",))
COLUMNS = [h.name for h in HEADINGS[MasterKind.CUSTOMERS]]


def row(code: str, name: str, region: str = "冀北", **more: str) -> dict[str, str]:
    manager = MANAGER.email if region == "冀北" else SOUTH.email
    known = {
        **{"code": code, "name": name, "aliases": "", "region": region, "email": ""},
        **{"regional_manager": manager, "consignee": "王芳", "phone": f"1380000{code[-4:]}"},
        **{"address": "中山路1号", "delivery_address": "", "credit_limit": "100000"},
        **{"expense_balance": "500", "owed": "7"},
    }
    return {**known, **more}


KNOWN = [row("HB1001", "贝乐"), row("HB1002", "爱岛"), row("LN2001", "椰风", "岭南")]


def sheet(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> Distributors:
    def read(number: int, said: Mapping[str, str]) -> DistributorRow:
        values: dict[str, Any] = {c: said[c] for c in columns if c in said}
        for money in ("credit_limit", "expense_balance", "owed"):
            values[money] = Decimal(values[money]) if values.get(money) else None
        return DistributorRow(row=number, **values)

    return Distributors(
        attachment=FILE,
        where=Span(FILE, SHEET, 0, 0, len(rows), len(columns)),
        format="xlsx",
        rows=tuple(read(number, said) for number, said in enumerate(rows, start=1)),
        columns=tuple(
            ReportColumn(c, c.upper(), Place(FILE, SHEET, 0, at)) for at, c in enumerate(columns)
        ),
    )


def judged(
    rows: Sequence[Mapping[str, str]],
    *,
    by: Person = ADMIN,
    subject: str = "经销商名单",
    columns: Sequence[str] = COLUMNS,
) -> JudgedRegister:
    register = Register(
        desk.REGISTER.products,
        customers_of(KNOWN),
        (MANAGER, SOUTH, ADMIN, FAR_ADMIN, WAREHOUSE, *FINANCE),
    )
    facts = replace(desk.facts(), register=register, sender=Sender(by.email, Trust.A, (by,)))
    found = sheet(rows, columns)
    return judged_register(found, KNOWN, facts, Lexicon(register), subject=subject)


FINANCE = (
    Person(Role.FINANCE, "财务", "finance@house.example"),
    Person(Role.MARKETING_GM, "市场部", "gm@house.example"),
)


def told(found: JudgedRegister) -> list[tuple[str, str]]:
    return [(c.done.value, c.code) for c in found.changes]


def bad(found: JudgedRegister) -> list[tuple[str, str]]:
    return [(f.at.address if f.at else "", f.variant) for f in found.bad]


def test_the_same_however_it_is_written_changes_nothing() -> None:
    same = [dict(KNOWN[0], credit_limit="100000.00", owed="999", expense_balance="0"), KNOWN[1]]
    same[0]["regional_manager"] = MANAGER.name
    same[0]["code"] = "hb1001"
    found = judged(same)
    assert (found.bad, found.changes) == ((), ())
    assert [r["owed"] for r in found.rows] == ["7", "7", "7"]


def test_what_the_sheet_has_no_column_for_stays() -> None:
    few = ["name", "phone", "region"]
    found = judged(
        [{"name": "贝乐", "phone": "13900000001", "region": "冀北"}],
        columns=few,
        subject="名单变更",
    )
    [change] = found.changes
    assert [(v.column, v.after) for v in change.values] == [("phone", "13900000001")]
    assert found.rows[0]["credit_limit"] == "100000"


def test_who_is_missing_is_gone_in_the_regions_of_the_sheet_alone() -> None:
    found = judged([KNOWN[0], row("HB1004", "新芽")])
    assert told(found) == [("added", "HB1004"), ("removed", "HB1002")]
    assert [r["code"] for r in found.rows] == ["HB1001", "LN2001", "HB1004"]
    assert told(judged([KNOWN[0]], subject="经销商名单变更")) == []


@pytest.mark.parametrize(
    ("changed", "variants"),
    [
        ({"region": "岭南", "regional_manager": SOUTH.email}, [("C2", "region-not-yours")]),
        ({"region": "西域"}, [("C2", "region-not-yours")]),
        ({"regional_manager": SOUTH.email}, [("D2", "other-region")]),
        ({"regional_manager": "张三"}, [("D2", "manager")]),
        ({"regional_manager": "who@house.example"}, [("D2", "manager")]),
        ({"code": "HB1002"}, [("A3", "repeated")]),
        ({"code": "", "name": "无名"}, [("A2", "missing")]),
        ({"phone": "", "consignee": ""}, [("E2", "missing"), ("F2", "missing")]),
    ],
)
def test_a_wrong_cell_refuses_the_whole_sheet(
    changed: dict[str, str], variants: list[tuple[str, str]]
) -> None:
    found = judged([{**KNOWN[0], **changed}, KNOWN[1]])
    assert bad(found) == variants
    assert (found.rows, found.changes) == ((), ())


def test_another_admin_changes_his_own_region_alone() -> None:
    assert bad(judged(KNOWN[:1], by=FAR_ADMIN)) == [("C2", "region-not-yours")]
    assert told(judged([{**KNOWN[2], "phone": "13911112222"}], by=FAR_ADMIN)) == [
        ("changed", "LN2001")
    ]


def test_what_may_be_a_slip_is_told_first() -> None:
    rows = [row("HB1001", "贝乐", phone="13800002001"), row("HB1009", "新贝")]
    found = judged(rows)
    standing = Standing({"HB1002": ("DD261109-0001",)}, {"HB1002": Decimal("7")})
    findings = change_findings(sheet(rows), found, len(KNOWN), standing)
    assert [(f.code, f.variant) for f in findings] == [
        ("register-suspect", "open-orders"),
        ("register-suspect", "owes"),
        ("register-suspect", "phone"),
        ("register-changed", "phone"),
        ("register-added", ""),
        ("register-removed", ""),
    ]
    assert findings[2].expected == "椰风"
    assert [f.at.address if f.at else "" for f in findings] == ["", "", "F2", "F2", "A3", ""]
