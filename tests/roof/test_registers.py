"""Registers are taken whole and only where they hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CUSTOMERS, PRODUCTS, STAFF, write_register
from tests.scenarios.house import EVENING, build_house, some_mails


def test_a_second_start_with_the_same_registers_loads_nothing(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    assert house.once().returncode == 0
    done = house.run("import", "products", str(house.folder / "products.xlsx"))
    assert done.returncode == 0
    assert "unchanged" in done.stdout


def test_a_manager_nobody_knows_is_refused_by_name_and_nothing_is_loaded(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    staff = tuple(row for row in STAFF if row[1] != "北区经理")
    write_register(house.folder, "staff", staff)
    house.put("mail", some_mails("01-clean")["01-clean"])
    done = house.once(EVENING)
    assert done.returncode == 1
    assert "N101: bei.manager@songping.example is no regional_manager" in done.stderr
    assert "Traceback" not in done.stderr
    assert house.rows("mails") == []
    write_register(house.folder, "staff", STAFF)
    assert house.once(EVENING).returncode == 0
    assert {m["state"] for m in house.rows("mails")} == {"done"}


@pytest.mark.fault("Z06")
def test_a_register_gone_bad_leaves_the_one_of_before_in_force(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    assert house.once(EVENING).returncode == 0
    (house.folder / "products.xlsx").write_bytes(b"no workbook")
    house.put("mail", some_mails("01-clean")["01-clean"])
    done = house.once(EVENING)
    assert "products.xlsx: no readable workbook" in done.stderr
    assert {m["state"] for m in house.rows("mails")} == {"done"}


def test_bad_cells_are_named_all_at_once(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    broken = ((*PRODUCTS[0][:6], "six", "-1", "regular", "yes"), PRODUCTS[0], PRODUCTS[0])
    path = write_register(tmp_path, "products", broken)
    done = house.run("import", "products", str(path))
    assert done.returncode == 1
    for cell in ("G2", "H2", "A3", "A4"):
        assert f": {cell}: " in done.stderr, done.stderr


def test_an_export_comes_back_as_an_import(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    assert house.once().returncode == 0
    for suffix in ("xlsx", "csv"):
        path = tmp_path / f"customers.{suffix}"
        assert house.run("export", "customers", str(path)).returncode == 0
        done = house.run("import", "customers", str(path))
        assert done.returncode == 0, done.stderr
        assert f"{len(CUSTOMERS)} rows" in done.stdout
