"""Who may do what: one table, that is whole, and asked in one place."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailflow
from mailflow.commands.who import REACHES, SUMMARIES, who
from mailflow.domain.access import DECIDES, ROLE_OF, may, may_decide, may_for, may_in, regions_open
from mailflow.domain.access_table import DISTRIBUTOR, TABLE, Action, Scope
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Trust
from mailflow.domain.register import Person, Register, Role
from tests.rules.desk import ADMIN, BELLE, FAR_ADMIN, ISLE, MANAGER, REGISTER, WAREHOUSE

PACKAGE = Path(mailflow.__file__).parent
ASKS = {
    PACKAGE / "domain/access.py",
    PACKAGE / "domain/access_table.py",
    PACKAGE / "domain/register.py",
}
"""The table, and the register that finds people by their part."""
OF_PEOPLE = ("Role", "Person", ".people", ".person(", ".staff")
"""Who has a role in hand: a question has one too, that is asked about an order."""
PAINTING = ("CellRole", "RowRole")
"""What a cell of a picture is has the same name and is no part of anybody's."""


def compared(tree: ast.AST) -> Iterator[int]:
    """Lines on which the role of a person is weighed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
            is_question = any(s.startswith("Asked.") for s in sides) or all(
                s.endswith(".role") for s in sides
            )
            if not is_question and any(s.endswith(".role") or "Role." in s for s in sides):
                yield node.lineno
        is_listing = isinstance(node, ast.SetComp | ast.ListComp | ast.GeneratorExp)
        if is_listing and ast.unparse(node.elt).endswith(".role"):
            yield node.lineno


def test_a_role_is_compared_nowhere_else() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in ASKS
        for text in [path.read_text(encoding="utf-8")]
        if any(name in text for name in OF_PEOPLE) and not any(name in text for name in PAINTING)
        for line in compared(ast.parse(text))
    ]
    assert found == []


def test_the_table_is_whole() -> None:
    parties = {DISTRIBUTOR, *Role}
    assert set(TABLE) == set(Action) == set(SUMMARIES)
    assert set(Scope) == set(REACHES)
    for row in TABLE.values():
        assert row
        assert set(row) <= parties
        assert [s for party, s in row.items() if party == DISTRIBUTOR] in ([], [Scope.OWN])
        assert [p for p, s in row.items() if s is Scope.NAMED] in ([], [Role.REGIONAL_MANAGER])
    for asked, action in DECIDES.items():
        assert list(TABLE[action]) == [ROLE_OF[asked]]


def of(*people: Person) -> Sender:
    return Sender(people[0].email, Trust.A, people)


def test_who_is_nobody_may_nothing() -> None:
    nobody = Sender("who@else.example", Trust.A)
    assert not any(may(nobody, action) for action in Action)
    assert not any(may_for(nobody, action, BELLE, REGISTER) for action in Action)
    assert not any(may_in((), action, None, REGISTER) for action in Action)
    assert not any(may_decide((), asked) for asked in Asked)
    assert not any(regions_open((), action, REGISTER) for action in Action)


def test_a_distributor_does_for_itself_alone() -> None:
    belle = Sender(BELLE.email, Trust.A, (), (BELLE,))
    mine = {action for action in Action if may_for(belle, action, BELLE, REGISTER)}
    assert mine == {action for action, row in TABLE.items() if DISTRIBUTOR in row}
    assert mine == {action for action in Action if may(belle, action)}
    assert not any(may_for(belle, action, ISLE, REGISTER) for action in Action)


def test_a_part_reaches_as_far_as_the_register_says() -> None:
    assert may_for(of(MANAGER), Action.ORDER, BELLE, REGISTER)
    other = of(Person(Role.REGIONAL_MANAGER, "周", "zhou@house.example", ("冀北",)))
    assert may(other, Action.ORDER)
    assert not may_for(other, Action.ORDER, BELLE, REGISTER)
    assert may_for(of(ADMIN), Action.ORDER, BELLE, REGISTER)
    assert not may_for(of(FAR_ADMIN), Action.ORDER, BELLE, REGISTER)
    assert not may_for(of(FAR_ADMIN), Action.STATEMENT, BELLE, REGISTER)
    assert may_in((WAREHOUSE,), Action.TELL_SHIPPED, "冀北", REGISTER)
    assert not may(of(WAREHOUSE), Action.STATISTICS)
    assert may_decide((ADMIN,), Asked.SALES_ADMIN)
    assert not may_decide((ADMIN,), Asked.FINANCE)
    assert not may_decide((ADMIN,), Asked.SENDER)


def test_who_names_no_region_stands_for_those_that_are_left_or_for_all() -> None:
    chief = Person(Role.SALES_ADMIN, "总销管", "chief@house.example")
    register = Register(REGISTER.products, REGISTER.customers, (*REGISTER.staff, chief))
    assert not may_for(of(chief), Action.ORDER, BELLE, register)
    assert may_for(of(chief), Action.STATEMENT, BELLE, register)
    assert regions_open((chief,), Action.STATISTICS, register) == ("冀北",)
    assert regions_open((FAR_ADMIN,), Action.STATISTICS, register) == ()


def test_the_table_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    who(as_json=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    shown = [(row["action"], row["who"], row["scope"]) for row in rows]
    assert shown == [(a.value, str(p), s.value) for a, row in TABLE.items() for p, s in row.items()]
    who(as_json=False)
    text = capsys.readouterr().out
    assert "  regional_manager      distributors whose manager he is in the register\n" in text
