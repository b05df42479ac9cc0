"""What `explain` says of mails and workbooks, several at once, and that it says what it cannot read."""

from __future__ import annotations

import json
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import BEI
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
    # What asks somebody is told too, without a token that anybody could use.
    [answer] = by_mail["messages"]
    assert (answer["notice"], answer["to"]) == ("order-answer", [BEI])
    assert "#…]" in answer["subject"]


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


FIELDS = {
    "order": {
        "kind", "where", "attachment", "distributor", "order_date", "ship_to", "lines", "totals",
        "decision", "findings", "columns",
    },
    "unknown": {"kind", "where", "attachment", "decision", "findings"},
}  # fmt: skip
LINE = {"where", "sku", "tins", "cases", "unit_price", "amount", "funding"}
FINDING = {"code", "severity", "where", "found", "expected", "proposal", "asked", "message"}
REASONS = {"encrypted", "corrupt", "too-large", "unsupported", "empty"}
HEAD = "序号,产品名称,规格,订货数量（箱）,单价,金额\n"


def assert_as_promised(shape: dict[str, Any]) -> None:
    assert {"file", "mail", "documents", "refused", "messages"} <= shape.keys()
    assert shape["mail"].keys() == {"from", "subject", "kind", "trust"}
    for document in shape["documents"]:
        assert document.keys() == FIELDS[document["kind"]]
        assert document["decision"] in ("accepted", "returned", "held", "review")
        for finding in document["findings"]:
            assert finding.keys() == FINDING
            assert finding["message"]
        for line in document.get("lines", ()):
            assert line.keys() == LINE
            for name in ("tins", "cases"):
                assert line[name] is None or isinstance(line[name], int)
            for name in ("unit_price", "amount"):
                assert line[name] is None or line[name][-3] == "."
    for refused in shape["refused"]:
        assert refused.keys() == {"attachment", "reason"}
        assert refused["reason"] in REASONS
    for message in shape["messages"]:
        assert message.keys() == {"to", "notice", "subject"}


def file(house: House, name: str, content: bytes | str) -> Path:
    path = house.folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_whatever_the_files_are_each_is_one_object_of_the_promised_shape(house: House) -> None:
    mails = [file(house, f"{name}.eml", raw) for name, raw in some_mails().items()]
    workbook = workbook_of(mails[0])
    others = [
        workbook,
        house.folder / "nowhere.eml",
        house.folder,
        file(house, "empty.xlsx", b""),
        file(house, "empty.eml", b""),
        file(house, "cut.xlsx", workbook.read_bytes()[:3000]),
        file(house, "x.pdf", b"%PDF-1.4"),
        file(house, "people.csv", "姓名,电话\n张三,13000000000\n"),
        file(house, "nobody.csv", f"经销商,不认识的店\n{HEAD}1,优护1段,,2,198,2376\n"),
        file(house, "silent.csv", f"{HEAD}1,优护1段,,2,198,2376\n"),
        file(house, "小叶子.csv", f"{HEAD}1,优护1段,,2,198,2376\n"),
    ]
    code, said = explained(house, *mails, *others)
    assert code == 1
    assert [shape["file"] for shape in said] == [str(path) for path in (*mails, *others)]
    for shape in said:
        assert_as_promised(shape)
    told = {Path(shape["file"]).name: shape for shape in said[len(mails) :]}
    assert [n for n, shape in told.items() if "error" in shape] == ["nowhere.eml", "house"]
    for name, reason in (
        ("empty.xlsx", "empty"),
        ("cut.xlsx", "corrupt"),
        ("x.pdf", "unsupported"),
    ):
        assert told[name]["refused"] == [{"attachment": name, "reason": reason}]
    [unknown] = told["people.csv"]["documents"]
    assert (unknown["kind"], unknown["where"], unknown["decision"]) == (
        "unknown",
        "A1:B2",
        "review",
    )
    [finding] = unknown["findings"]
    assert (finding["code"], "张三" in finding["found"]) == ("unknown-document", True)
    for name, distributor, found in (
        ("nobody.csv", None, ["unknown-distributor"]),
        ("silent.csv", None, ["unknown-distributor"]),
        ("小叶子.csv", "N101", []),
    ):
        [order] = told[name]["documents"]
        assert order["distributor"] == distributor
        assert [f["code"] for f in order["findings"] if f["severity"] == "error"] == found, name
        assert [(x["sku"], x["tins"]) for x in order["lines"]] == [("SP-A1-800", 12)]
        assert order["order_date"] is None
        assert told[name]["mail"]["from"] is None


def test_what_nobody_answers_is_understood_all_the_same_and_never_accepted(house: House) -> None:
    mail = some_mails("01-clean")["01-clean"].replace(b"bei.manager@", b"stranger@")
    code, [shape] = explained(house, file(house, "stranger.eml", mail))
    assert code == 0
    assert_as_promised(shape)
    assert (shape["state"], shape["reason"], shape["messages"]) == ("ignored", "stranger", [])
    [order] = shape["documents"]
    assert order["distributor"] == "N101"
    assert order["decision"] == "review"
    assert len(order["lines"]) == 3
