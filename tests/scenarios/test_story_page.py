"""The story of an order as a page: every mail, question, answer and letter of it, in their order."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, mail, order, sheet
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import BEI, FINANCE, TOKEN, question, reply

NUMBER = "DD261110-0001"
SUBJECT = "亲贝<script>alert(1)</script>"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """With an order over its credit limit, released by finance, and another that is none of it."""
    house = build_house(tmp_path / "house")
    much, other = order("N103", [(A1, 20, "现金")]), order("N101", [(A1, 2, "现金")])
    house.put("much", mail(BEI, SUBJECT, "请查收", ("a.xlsx", sheet(much))))
    house.put("other", mail(BEI, "另一单", "请查收", ("b.xlsx", sheet(other))))
    assert house.once().returncode == 0
    house.put("answer", reply(question(house, FINANCE), "同意", FINANCE))
    assert house.once(LATER[0]).returncode == 0
    return house


def test_what_happened_stands_in_one_row_from_the_first_mail_on(house: House) -> None:
    story = json.loads(house.run("show", "order", NUMBER, "--json").stdout)
    steps = [(e["kind"], e["after"]) for e in story["timeline"]]

    wanted = [
        ("mail", "waiting"), ("order", "held"), ("question", "open"), ("question", "used"),
        ("order", "accepted"), ("order", "listed"), ("message", "accepted"),
    ]  # fmt: skip
    found = iter(steps)
    assert all(step in found for step in wanted), steps
    assert [e["at"] for e in story["timeline"]] == sorted(e["at"] for e in story["timeline"])
    mails = {e["about"] for e in story["timeline"] if e["kind"] == "mail"}
    assert SUBJECT in mails
    assert "另一单" not in mails
    assert not TOKEN.search(json.dumps(story["timeline"], ensure_ascii=False))


def test_the_page_tells_it_and_what_a_sender_wrote_stays_text(house: House, tmp_path: Path) -> None:
    target = tmp_path / "story.html"
    done = house.run("show", "order", NUMBER, "--html", str(target))
    page = target.read_text(encoding="utf-8")

    assert (done.returncode, done.stdout.strip()) == (0, str(target))
    assert "<script" not in page
    assert "亲贝&lt;script&gt;" in page
    told = re.findall(r"<b>([^<]+)</b>", page)
    assert told[:3] == ["收到邮件", "订单等审批", "事项待办"]
    assert told.index("已请人决定") < told.index("已答复") < told.index("开出发货清单")
    assert "超出信用额度" in page
    assert "end-of-data" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("order", NUMBER, "--json", "--html", "a.html"), "takes an order, and no --json"),
        (("mail", "M1", "--html", "a.html"), "takes an order, and no --json"),
        (("order", NUMBER, "--html", "a.txt"), "name a file that ends in .html"),
        (("order", NUMBER, "--html", "no/such/folder.html"), "name a file that can be written"),
    ],
)
def test_what_cannot_be_a_page_is_said(house: House, arguments: tuple[str, ...], said: str) -> None:
    done = house.run("show", *arguments)

    assert done.returncode != 0
    assert said in done.stderr
