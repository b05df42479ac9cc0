"""What `explain` says of mails and workbooks, several at once, and that it says what it cannot read."""

from __future__ import annotations

import json
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.house import House, build_house, some_mails


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path / "house")


def explained(house: House, *files: Path) -> tuple[int, list[dict[str, Any]]]:
    done = house.run("explain", "--json", *map(str, files))
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def written(house: House, name: str) -> Path:
    path = house.folder / f"{name}.eml"
    path.write_bytes(some_mails(name)[name])
    return path


def workbook_of(mail: Path) -> Path:
    """The mail's own workbook, alone."""
    for part in message_from_bytes(mail.read_bytes()).walk():
        if part.get_content_maintype() == "application":
            path = mail.with_suffix(".xlsx")
            path.write_bytes(part.get_payload(decode=True))
            return path
    raise AssertionError(mail)


def test_a_workbook_alone_is_judged_as_in_its_mail(house: House) -> None:
    mail = written(house, "03-wrong-price")
    code, [by_mail, alone] = explained(house, mail, workbook_of(mail))
    assert code == 0
    [within], [bare] = by_mail["documents"], alone["documents"]
    assert bare["decision"] == "returned"
    assert bare["lines"] == within["lines"]
    assert [f["code"] for f in bare["findings"]] == [f["code"] for f in within["findings"]]


def test_files_are_told_of_in_their_order_and_one_that_is_missing_stops_none(house: House) -> None:
    names = ["01-clean", "03-wrong-price"]
    first, last = (written(house, name) for name in names)
    missing = house.folder / "nowhere.eml"
    code, said = explained(house, first, missing, last)
    assert code == 1
    assert [shape["file"] for shape in said] == [str(first), str(missing), str(last)]
    assert "error" in said[1]
    assert [d["decision"] for s in (said[0], said[2]) for d in s["documents"]] == [
        "accepted",
        "returned",
    ]


def test_without_a_register_nothing_is_explained(house: House) -> None:
    (house.folder / "staff.xlsx").unlink()
    done = house.run("explain", str(written(house, "01-clean")))
    assert (done.returncode, done.stdout) == (1, "")
    assert "staff.xlsx" in done.stderr


def test_a_configuration_that_cannot_be_used_is_wrong_use(house: House) -> None:
    house.config.write_text("mailbox: 1\n", encoding="utf-8")
    done = house.run("explain", str(house.folder / "a.eml"))
    assert (done.returncode, done.stdout) == (2, "")
