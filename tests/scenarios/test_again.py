"""Kept mails are read again, and what would be read otherwise is told; nothing is changed (Z04)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.house import LATER, House, build_house, some_mails

NAMES = ("01-clean", "03-wrong-price")


def ask(house: House, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as books:
        return books.execute(query).fetchall()


def write(house: House, statement: str) -> None:
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as books, books:
        books.execute(statement)


@pytest.mark.fault("Z04")
def test_what_another_reader_would_read_is_told_and_nothing_changes(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    for name, raw in some_mails(*NAMES).items():
        house.put(name, raw)
    assert house.once().returncode == 0
    # The reader that read them is this one; asked by number, they are read as they were.
    told = house.run("explain", "--again")
    assert (told.returncode, told.stdout.split(":")[0]) == (0, "0 mails read again by reader 1")
    told = house.run("explain", "--again", "1", "2", "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    assert [json.loads(line)["differs"] for line in told.stdout.splitlines()] == [[], []]
    # An older reader took 6 tins for 66 in one line, and a person's mail for an answer.
    [(number, content)] = ask(house, "select number, content from orders where mail_id = 1")
    line = json.loads(content)["lines"][0]
    write(house, "update mails set reader = 0, kind = 'answer' where id = 2")
    write(
        house,
        "update orders set content = json_set(content, '$.lines[0].tins', 66) where mail_id = 1",
    )
    write(house, "update mails set reader = 0 where id = 1")
    before = house.end_state()
    told = house.run("explain", "--again")
    assert told.returncode == 1
    one, two, last = told.stdout.splitlines()
    assert one.startswith(f"mail 1 (done): {number} {line['where']}: 66 × {line['sku']},")
    assert f"→ {line['tins']} × {line['sku']}," in one
    assert two == "mail 2 (returned): mail: answer → business"
    assert last.startswith("2 mails read again by reader 1: 2 would be read otherwise; nothing was")
    assert house.end_state() == before
    assert house.once(LATER[0]).returncode == 0
    assert [m["reader"] for m in house.rows("mails")] == [0, 0]
    missing = house.run("explain", "--again", "77")
    assert (missing.returncode, missing.stderr.split(":")[0]) == (1, "mail 77")
    assert house.run("explain", "--again", "mail.eml").returncode == 2
