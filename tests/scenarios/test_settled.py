"""What a person settled about a sender's sheets is used next time, for him alone, until it is
taken back or the sheet is another."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, BEI, NAN, SHIP, mail, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import EVENING, build_house

SHOP = SHIP["N101"][0]
COLUMN = "数量(新)"
LATER = [f"2026-11-10T18:{minute:02}:00+08:00" for minute in range(5, 60, 5)]


def an_order(
    header: str = COLUMN,
    *,
    quantities: tuple[Any, Any] = (10, 5),
    whose: str = SHOP,
    first: str = A1[0],
    unit: tuple[str, str] | None = None,
    beside: str = "规格",
) -> bytes:
    more = ("单位",) if unit else ()
    rows = [
        (n, name, "800g*6听/箱", quantity, *((unit[n - 1],) if unit else ()))
        for n, (name, quantity) in enumerate(zip((first, A2[0]), quantities, strict=True), start=1)
    ]
    return sheet([("经销商", whose), (), ("序号", "产品名称", beside, header, *more), *rows])


class Desk:
    """A house in which mails come one after the other."""

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.house = build_house(folder, config)
        self.count = 0

    def send(self, raw: bytes, sender: str = BEI) -> str:
        """The state of the order that came of it, and its lines."""
        self.count += 1
        subject = f"订单{self.count}"
        self.house.put(f"{self.count:02}", mail(sender, subject, "您好", ("订单.xlsx", raw)))
        self.house.once(EVENING if self.count == 1 else LATER[self.count])
        return self.order()

    def order(self) -> str:
        found = [o for o in self.house.rows("orders") if o["mail_id"] == self.count]
        return found[-1]["state"] if found else self.mail()["state"]

    def mail(self) -> dict[str, Any]:
        return next(m for m in self.house.rows("mails") if m["id"] == self.count)

    def lines(self) -> list[tuple[str, int]]:
        return [(line["sku"], line["tins"]) for line in self.story()["lines"]]

    def codes(self) -> set[str]:
        return {f["code"] for f in self.story()["findings"]}

    def finding(self, code: str) -> dict[str, Any]:
        return next(f for f in self.story()["findings"] if f["code"] == code)

    def story(self) -> dict[str, Any]:
        orders = [o["number"] for o in self.house.rows("orders") if o["mail_id"] == self.count]
        return json.loads(self.house.run("show", "order", orders[-1], "--json").stdout)  # type: ignore[no-any-return] # a JSON object

    def teach(self, *arguments: str, sender: str = BEI) -> str:
        done = self.house.run("teach", sender, *arguments, "--reason", "电话里说的")
        assert done.returncode == 0, done.stderr
        return done.stdout.split(":")[0]

    def refused(self, *arguments: str, sender: str = BEI, code: int = 1) -> str:
        done = self.house.run("teach", sender, *arguments, "--reason", "x")
        assert done.returncode == code
        assert not self.house.rows("settlements")
        return done.stderr


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "house")


def test_a_settled_column_is_asked_about_once(desk: Desk) -> None:
    assert desk.send(an_order()) == "returned"
    [step] = desk.finding("unit-missing")["next"]
    assert (
        step
        == f"mailflow teach {BEI} --column '{COLUMN}' --means cases/tins/ignored --mail 1 --reason ..."
    )

    assert desk.teach("--column", COLUMN, "--means", "cases") == "S1"

    assert desk.send(an_order("数量（新）", quantities=(20, 7))) == "accepted"
    assert desk.lines() == [("SP-A1-800", 120), ("SP-A2-800", 42)]
    used = desk.finding("remembered")
    assert (used["severity"], used["settlement"], used["where"]) == ("info", "S1", "订单!D3")
    assert used["since"]
    assert used["by"]


def test_a_mail_that_asked_is_accepted_when_it_is_read_again(desk: Desk) -> None:
    assert desk.send(an_order()) == "returned"
    desk.teach("--column", COLUMN, "--means", "tins")
    desk.house.run("redo", "1", "--reason", "约定了")
    desk.house.once(LATER[0])

    assert desk.order() == "returned"  # ten tins are no whole cases: as settled, no guess
    assert "loose-tins" in desk.codes()
    assert "unit-missing" not in desk.codes()


def test_what_is_taken_back_is_asked_again(desk: Desk) -> None:
    desk.send(an_order())
    number = desk.teach("--column", COLUMN, "--means", "cases")
    assert desk.send(an_order(quantities=(20, 7))) == "accepted"

    forgotten = desk.house.run("forget", number, "--reason", "他换了表")
    assert forgotten.returncode == 0

    assert desk.send(an_order(quantities=(30, 7))) == "returned"
    assert "unit-missing" in desk.codes()
    told = json.loads(desk.house.run("show", "settlement", number, "--json").stdout)
    assert told["state"] == "revoked"
    assert [(h["after"], h["reason"]) for h in told["history"]] == [
        ("active", "电话里说的"),
        ("revoked", "他换了表"),
    ]


def test_under_another_header_it_is_asked_again(desk: Desk) -> None:
    desk.send(an_order())
    desk.teach("--column", COLUMN, "--means", "cases")

    for raw in (
        an_order("数量(旧)"),
        an_order(beside="装箱规格"),
        an_order(unit=("", "")),
    ):
        assert desk.send(raw) == "returned"
        assert "remembered" not in desk.codes()


def test_another_sender_is_asked(desk: Desk) -> None:
    desk.send(an_order())
    desk.teach("--column", COLUMN, "--means", "cases")

    assert desk.send(an_order(whose=SHIP["S201"][0]), NAN) == "returned"
    assert "unit-missing" in desk.codes()


def test_what_the_sheet_says_itself_is_not_overridden(desk: Desk) -> None:
    desk.send(an_order(unit=("", "")))
    desk.teach("--column", COLUMN, "--means", "cases")

    assert desk.send(an_order(unit=("箱", "箱"))) == "accepted"
    assert desk.send(an_order(unit=("听", "箱"), quantities=(12, 7))) == "returned"
    assert "quantity-invalid" in desk.codes()
    assert desk.send(an_order(unit=("", ""), quantities=("12听", 6))) == "returned"


def test_a_column_nobody_understands_may_count_or_be_left_alone(desk: Desk) -> None:
    plan = [("经销商", SHOP), (), ("产品名称", "箱数", "本周"), (A1[0], 10, 4), (A2[0], 5, 0)]
    assert desk.send(sheet(plan)) == "returned"
    [step] = desk.finding("ambiguous-column")["next"]
    assert "--column 本周" in step.replace("'", "")
    desk.teach("--column", "本周", "--means", "ignored")

    assert desk.send(sheet([*plan[:3], (A1[0], 11, 9), (A2[0], 5, 1)])) == "accepted"
    assert desk.lines() == [("SP-A1-800", 66), ("SP-A2-800", 30)]


def test_a_table_whose_only_quantity_nobody_knew_becomes_an_order(desk: Desk) -> None:
    assert desk.send(an_order("要多少")) == "review"
    [path] = (desk.house.folder / "inbox" / ".Review" / "cur").glob("*")
    (copy := desk.house.folder / "a.eml").write_bytes(path.read_bytes())
    told = json.loads(desk.house.run("explain", str(copy), "--json").stdout)
    assert [step.split(" --means")[0] for step in told["next"]] == [
        f"mailflow teach {BEI} --column '要多少'"
    ]
    desk.teach("--column", "要多少", "--means", "cases")
    desk.house.run("redo", "1", "--reason", "约定了")
    desk.house.once(LATER[0])

    assert desk.order() == "accepted"
    assert desk.lines() == [("SP-A1-800", 60), ("SP-A2-800", 30)]


def test_a_settled_word_is_a_product_for_its_sender(desk: Desk) -> None:
    assert desk.send(an_order("箱数", first="小罐")) == "returned"
    [step] = desk.finding("unknown-product")["next"]
    assert step == f"mailflow teach {BEI} --word '小罐' --product SKU --reason ..."
    desk.teach("--word", "小罐", "--product", "SP-A3-800", "--by", "何销管")

    assert desk.send(an_order("箱数", first=" 小 罐 ", quantities=(8, 5))) == "accepted"
    assert desk.lines() == [("SP-A3-800", 48), ("SP-A2-800", 30)]
    used = desk.finding("remembered")
    assert (used["expected"], used["by"]) == ("SP-A3-800", "何销管")
    assert desk.send(an_order("箱数", first="小罐头")) == "returned"
    nan = an_order("箱数", first="小罐", whose=SHIP["S201"][0])
    assert desk.send(nan, NAN) == "returned"


def test_a_settled_word_beside_another_products_code_or_pack_is_asked(desk: Desk) -> None:
    def coded(code: str, pack: str = "800g*6听/箱") -> bytes:
        head = ("产品编码", "产品名称", "规格", "箱数")
        return sheet([("经销商", SHOP), (), head, (code, "小罐", pack, 8)])

    assert desk.send(coded("SP-A1-800")) == "returned"
    desk.teach("--word", "小罐", "--product", "SP-A1-800")

    assert desk.send(coded("SP-A1-800")) == "accepted"
    assert desk.lines() == [("SP-A1-800", 48)]
    assert desk.send(coded("SP-A2-800")) == "returned"
    assert desk.send(coded("SP-A1-800", "400g*12听/箱")) == "returned"
    assert desk.send(coded("XX-9")) == "returned"


def test_a_settled_word_is_a_distributor_for_its_sender(desk: Desk) -> None:
    assert desk.send(an_order("箱数", whose="华东店")) == "returned"
    [step] = desk.finding("unknown-distributor")["next"]
    assert step == f"mailflow teach {BEI} --word '华东店' --distributor CODE --reason ..."
    desk.teach("--word", "华东店", "--distributor", "N101")

    assert desk.send(an_order("箱数", whose="华东店", quantities=(8, 5))) == "accepted"
    assert desk.story()["customer"]["code"] == "N101"
    assert desk.send(an_order("箱数", whose="华东店", quantities=(9, 5)), NAN) == "returned"


def test_a_settled_distributor_beside_another_ones_code_is_asked(desk: Desk) -> None:
    def coded(code: str, cases: int) -> bytes:
        top = [("经销商编码", code), ("经销商", "华东店"), ()]
        return sheet([*top, ("产品名称", "箱数"), (A1[0], cases), (A2[0], 2)])

    desk.send(coded("N101", 8))
    desk.teach("--word", "华东店", "--distributor", "N101")

    assert desk.send(coded("N101", 8)) == "accepted"
    assert desk.send(coded("N102", 8)) == "returned"
    assert "ambiguous-distributor" in desk.codes()


def test_what_does_not_fit_the_register_is_refused(desk: Desk) -> None:
    desk.send(an_order())

    assert "nobody of the staff" in desk.refused(
        *("--word", "小罐", "--product", "SP-A1-800"), sender="who@else.example"
    )
    assert "did you mean SP-A1-800" in desk.refused("--word", "小罐", "--product", "SP-A1-80")
    assert "there is none" in desk.refused("--word", "华东店", "--distributor", "X9")
    assert "knows it already, as SP-A2-800" in desk.refused(
        "--word", A2[0], "--product", "SP-A1-800"
    )
    assert "knows it already, as N101" in desk.refused("--word", SHOP, "--distributor", "N102")
    assert "has it (its headers are: 序号 | 产品名称 | 规格 | 数量(新))" in desk.refused(
        "--column", "没有", "--means", "cases"
    )
    assert "the header itself says name" in desk.refused("--column", "产品名称", "--means", "cases")
    assert "itself says cases" in desk.refused("--column", "箱数", "--means", "tins")
    assert "there is none" in desk.refused("--column", COLUMN, "--means", "tins", "--mail", "9")
    assert "write --column" in desk.refused("--word", "小罐", code=2)
    assert "write --column" in desk.refused(
        "--word", "小罐", "--product", "A", "--distributor", "B", code=2
    )


TWICE = [("经销商", SHOP), (), ("产品名称", "数量", "规格", "数量")]


def two_columns(*rows: tuple[Any, ...], top: list[tuple[Any, ...]] = TWICE) -> bytes:
    return sheet([*top, *rows])


def test_which_of_two_columns_of_one_word_counts_is_settled_by_its_place(desk: Desk) -> None:
    rows = [(A1[0], 10, "800g", 4), (A2[0], 5, "800g", 6)]
    assert desk.send(two_columns(*rows)) == "returned"
    steps = [s.split(" --means")[0] for s in desk.finding("ambiguous-column")["next"]]
    assert [s.rpartition(" ")[2] for s in steps] == ["'数量#1'", "'数量#2'"]
    assert "'数量#1' for the first" in desk.refused("--column", "数量", "--means", "cases")
    assert "2 columns have" in desk.refused("--column", "数量#3", "--means", "cases")

    number = desk.teach("--column", "数量#2", "--means", "cases")
    assert desk.send(two_columns((A1[0], 10, "800g", 7), (A2[0], 5, "800g", 8))) == "accepted"
    assert desk.lines() == [("SP-A1-800", 42), ("SP-A2-800", 48)]
    assert (desk.finding("remembered")["where"], desk.finding("remembered")["found"]) == (
        "订单!D3",
        "数量",
    )
    [settled] = json.loads(desk.house.run("show", "sender", BEI, "--json").stdout)["settlements"]
    assert (settled["said"], settled["means"]) == ("数量#2", "cases")

    moved = [*TWICE[:2], ("产品名称", "数量", "数量", "规格")]
    assert desk.send(two_columns((A1[0], 9, 7, "800g"), (A2[0], 5, 8, "800g"), top=moved)) == (
        "returned"
    )
    assert "remembered" not in desk.codes()
    desk.house.run("forget", number, "--reason", "他换了表")
    assert desk.send(two_columns((A1[0], 3, "800g", 2), (A2[0], 5, "800g", 9))) == "returned"


def test_each_of_two_columns_of_one_word_may_be_settled(desk: Desk) -> None:
    desk.send(two_columns((A1[0], 10, "800g", 4), (A2[0], 5, "800g", 6)))
    desk.teach("--column", "数量#1", "--means", "cases")
    desk.teach("--column", "数量#2", "--means", "tins")

    assert desk.send(two_columns((A1[0], 3, "800g", 18), (A2[0], 2, "800g", 12))) == "accepted"
    assert desk.lines() == [("SP-A1-800", 18), ("SP-A2-800", 12)]
    assert desk.send(two_columns((A1[0], 3, "800g", 12), (A2[0], 2, "800g", 12))) == "returned"
    assert "cases-tins-mismatch" in desk.codes()


def matrix(*rows: tuple[Any, ...], heads: tuple[str, ...] = ("华东店", "华北店")) -> bytes:
    return sheet([("单位：箱",), ("产品名称", *heads), *rows])


def test_heads_of_a_matrix_are_settled_as_distributors(desk: Desk) -> None:
    assert desk.send(matrix((A1[0], 10, 4), (A2[0], 5, 6))) == "review"
    desk.teach("--word", "华东店", "--distributor", "N101")

    assert desk.send(matrix((A1[0], 9, 4), (A2[0], 5, 7))) == "returned"
    [step] = desk.finding("unknown-distributor")["next"]
    assert step == f"mailflow teach {BEI} --word '华北店' --distributor CODE --reason ..."
    desk.teach("--word", "华北店", "--distributor", "N102")

    desk.send(matrix((A1[0], 8, 4), (A2[0], 5, 8)))
    orders = [o for o in desk.house.rows("orders") if o["mail_id"] == desk.count]
    told = [
        json.loads(desk.house.run("show", "order", o["number"], "--json").stdout) for o in orders
    ]
    assert {(o["state"], o["customer"]["code"]) for o in told} == {
        ("accepted", "N101"),
        ("accepted", "N102"),
    }
    assert desk.send(matrix((A1[0], 7, 4), (A2[0], 5, 9)), NAN) == "review"


def test_heads_of_a_matrix_are_settled_as_products(desk: Desk) -> None:
    heads = [("单位：箱",), ("经销商", "小罐", "大罐")]
    rows = [*heads, (SHOP, 3, 4)]
    desk.send(sheet(rows))
    desk.teach("--word", "小罐", "--product", "SP-A1-800")
    desk.teach("--word", "大罐", "--product", "SP-A2-800")

    assert desk.send(sheet([*heads, (SHOP, 5, 6)])) == "accepted"
    assert desk.lines() == [("SP-A1-800", 30), ("SP-A2-800", 36)]


def test_a_column_is_looked_for_in_the_mail_that_was_named_else_in_the_newest(desk: Desk) -> None:
    desk.send(an_order("数量"))
    rows = [("经销商", SHOP), (), ("产品名称", "数量", "数量"), (A1[0], 10, 4), (A2[0], 5, 6)]
    desk.send(sheet(rows))
    desk.send(an_order("数量", beside="箱规"))

    desk.teach("--column", "数量", "--means", "cases")
    assert "箱规" in desk.house.rows("settlements")[-1]["around"]
    desk.teach("--column", "数量", "--means", "cases", "--mail", "1")
    assert "规格" in desk.house.rows("settlements")[-1]["around"]
    done = desk.house.run(
        *("teach", BEI, "--column", "数量", "--means", "cases", "--mail", "2", "--reason", "x")
    )
    assert "2 columns have this word" in done.stderr


def test_the_same_is_settled_once_and_another_meaning_only_after_the_first(desk: Desk) -> None:
    desk.send(an_order())
    first = desk.teach("--column", COLUMN, "--means", "cases")
    assert desk.teach("--column", COLUMN, "--means", "cases") == first

    other = desk.house.run("teach", BEI, "--column", COLUMN, "--means", "tins", "--reason", "x")
    assert (other.returncode, "forget S1" in other.stderr) == (1, True)
    assert len(desk.house.rows("settlements")) == 1


def test_a_sender_is_shown_with_what_was_settled_about_him(desk: Desk) -> None:
    desk.send(an_order())
    desk.teach("--column", COLUMN, "--means", "cases")
    told = json.loads(desk.house.run("show", "sender", BEI.upper(), "--json").stdout)

    [settled] = told["settlements"]
    assert (settled["said"], settled["means"], settled["state"]) == (COLUMN, "cases", "active")
    assert sorted(settled["around"]) == sorted(["序号", "产品名称", "规格", COLUMN])
    assert [m["id"] for m in told["mails"]] == [1]
    assert told["history"][0]["reason"] == "电话里说的"
    assert desk.house.run("show", "sender", "who@else.example").returncode == 1
    assert desk.house.run("forget", "S9", "--reason", "x").returncode == 1
    assert desk.house.run("forget", "x", "--reason", "x").returncode == 2


def test_the_digest_tells_the_admin_how_to_settle_what_he_is_asked(tmp_path: Path) -> None:
    asked = CONFIG + "checks:\n  unknown-product: {asked: sales_admin}\n"
    desk = Desk(tmp_path, asked)

    assert desk.send(an_order("箱数", first="小罐")) == "review"
    [digest] = (desk.house.folder / "outbox" / "new").glob("*digest*")
    message = message_from_bytes(digest.read_bytes(), policy=default)
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert f"mailflow teach {BEI} --word" in body.get_content()


def test_explain_uses_what_is_settled_and_says_how_to_settle(desk: Desk) -> None:
    desk.send(an_order())
    path = desk.house.folder / "again.eml"
    path.write_bytes(mail(BEI, "又一单", "您好", ("订单.xlsx", an_order(quantities=(9, 3)))))
    before = json.loads(desk.house.run("explain", str(path), "--json").stdout)
    drawn = desk.house.run("explain", str(path)).stdout
    desk.teach("--column", COLUMN, "--means", "cases")
    after = json.loads(desk.house.run("explain", str(path), "--json").stdout)

    [document] = before["documents"]
    [step] = before["next"]
    assert f"  {step}" in drawn.splitlines()
    assert document["decision"] == "returned"
    [document] = after["documents"]
    assert [(x["sku"], x["tins"]) for x in document["lines"]] == [
        ("SP-A1-800", 54),
        ("SP-A2-800", 18),
    ]
    assert document["decision"] == "accepted"
    assert "以前约定的" in desk.house.run("explain", str(path)).stdout
