"""A corrected workbook takes the place of the order that was returned: one number, one more revision."""

from __future__ import annotations

import json
import signal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, A3, G1, mail, order, sheet
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import BEI, FINANCE, NAN, letters, lists_of, question, reply, words

NEXT, THEN = LATER
NUMBER = "DD261110-0001"
WRONG = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")], price=190)
RIGHT = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")])


@pytest.fixture
def house(tmp_path: Path) -> House:
    """With one order that was returned for its price."""
    house = build_house(tmp_path / "house")
    house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", sheet(WRONG))))
    assert house.once().returncode == 0
    assert revisions(house) == [(NUMBER, 1, "returned")]
    return house


def revisions(house: House) -> list[tuple[str, int, str]]:
    return [(o["number"], o["revision"], o["state"]) for o in house.rows("orders")]


def with_sheet(raw: bytes, rows: Any, name: str = "小叶子.xlsx") -> bytes:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    message.add_attachment(
        sheet(rows), maintype="application", subtype="octet-stream", filename=name
    )
    return message.as_bytes()


def put(house: House, raw: bytes, now: str = NEXT) -> None:
    house.put(f"more-{now[14:16]}", raw)
    done = house.once(now)
    assert done.returncode == 0, done.stdout + done.stderr


def returned(house: House) -> EmailMessage:
    return letters(house, BEI)[-1]


CORRECTED = [(NUMBER, 1, "closed"), (NUMBER, 2, "accepted")]


@pytest.mark.parametrize("how", ["headers", "number", "token", "nothing but the same goods"])
def test_it_is_found_by_whatever_a_program_left(house: House, how: str) -> None:
    told = returned(house)
    raw = {
        "headers": reply(told, "已改好", BEI, subject="回复"),
        "number": reply(told, "已改好", BEI, subject=f"更正 {NUMBER}", refers=False),
        "token": reply(told, "已改好", BEI, refers=False),
        "nothing but the same goods": reply(told, "", BEI, subject="小叶子补货", refers=False),
    }[how]
    put(house, with_sheet(raw, RIGHT))
    assert revisions(house) == CORRECTED
    [sent] = lists_of(house)
    assert (sent["subject_id"], sent["revision"]) == ("FH261110-0001", 2)
    answer = letters(house, BEI)[-1]
    assert f"[{NUMBER}]" in answer["Subject"]
    assert "更正后的第 2 版" in words(answer)


@pytest.mark.fault("B03", "P07")
def test_what_was_asked_before_is_void(house: House) -> None:
    """The word that would have taken the proposals comes after the corrected order."""
    told = returned(house)
    put(house, with_sheet(reply(told, "已改好", BEI), RIGHT))
    put(house, reply(told, "接受", BEI), THEN)
    assert revisions(house) == CORRECTED
    assert len(lists_of(house)) == 1
    assert house.rows("mails")[-1]["reason"] == "answer-superseded"


@pytest.mark.fault("B03")
def test_one_that_is_wrong_again_is_returned_again_and_then_corrected(house: House) -> None:
    again = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")], price=180)
    put(house, with_sheet(reply(returned(house), "改了", BEI), again))
    assert revisions(house) == [(NUMBER, 1, "closed"), (NUMBER, 2, "returned")]
    put(house, with_sheet(reply(returned(house), "再改", BEI), RIGHT), THEN)
    assert [r[1:] for r in revisions(house)] == [(1, "closed"), (2, "closed"), (3, "accepted")]


@pytest.mark.parametrize("sender", [BEI, NAN])
def test_another_order_stands_beside_it(house: House, sender: str) -> None:
    """Another distributor's in the thread; other goods out of it; the same goods of somebody else."""
    other = {
        BEI: mail(
            BEI,
            "小叶子又一单",
            "请查收",
            ("b.xlsx", sheet(order("N101", [(A3, 8, "现金"), (G1, 4, "现金")]))),
        ),
        NAN: with_sheet(
            reply(returned(house), "见附件", NAN, subject="童心"), order("S202", [(A1, 10, "现金")])
        ),
    }[sender]
    put(house, other)
    assert revisions(house) == [(NUMBER, 1, "returned"), ("DD261110-0002", 1, "accepted")]


@pytest.mark.fault("A12")
def test_nobody_takes_an_order_back_that_is_not_his_to_correct(house: House) -> None:
    put(house, with_sheet(reply(returned(house), "已改好", NAN), RIGHT))
    assert revisions(house) == [(NUMBER, 1, "returned"), ("DD261110-0002", 1, "review")]


@pytest.mark.fault("B03")
def test_an_order_that_waits_is_changed_in_its_thread(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    much = order("N103", [(A1, 20, "现金"), (A2, 4, "现金")])
    house.put("first", mail(BEI, "亲贝订单", "请查收", ("亲贝.xlsx", sheet(much))))
    assert house.once().returncode == 0
    assert revisions(house) == [(NUMBER, 1, "held")]
    before = question(house, FINANCE)
    less = order("N103", [(A1, 1, "现金"), (A2, 4, "现金")])
    put(house, with_sheet(reply(letters(house, BEI)[-1], "改少一点", BEI), less, "亲贝.xlsx"))
    assert [r[:2] for r in revisions(house)] == [(NUMBER, 1), (NUMBER, 2)]
    assert revisions(house)[0][2] == "closed"
    put(house, reply(before, "同意", FINANCE), THEN)
    assert house.rows("mails")[-1]["reason"] == "answer-superseded"


def test_a_new_order_in_the_thread_of_one_that_waits_is_one_of_its_own(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    house.put(
        "first", mail(BEI, "亲贝订单", "", ("a.xlsx", sheet(order("N103", [(A1, 20, "现金")]))))
    )
    assert house.once().returncode == 0
    other = order("N103", [(A3, 1, "现金")])
    put(house, with_sheet(reply(letters(house, BEI)[-1], "另一单见附件", BEI), other))
    assert revisions(house)[0] == (NUMBER, 1, "held")
    assert revisions(house)[1][:2] == ("DD261110-0002", 1)


def test_the_story_tells_every_revision(house: House) -> None:
    put(house, with_sheet(reply(returned(house), "已改好", BEI), RIGHT))
    story = json.loads(house.run("show", "order", NUMBER, "--json").stdout)
    assert [(r["revision"], r["state"]) for r in story["revisions"]] == [
        (1, "closed"),
        (2, "accepted"),
    ]
    assert [m["notice"] for m in story["messages"]].count("order-answer") == 2
    assert any("revision 2" in h["reason"] for h in story["history"])


def test_what_was_corrected_is_not_read_anew(house: House) -> None:
    put(house, with_sheet(reply(returned(house), "已改好", BEI), RIGHT))
    refused = house.run("redo", "M1", "--reason", "again")
    assert refused.returncode == 1
    assert "mailflow redo 2" in refused.stderr
    assert revisions(house) == CORRECTED


@pytest.mark.fault("K06")
@pytest.mark.parametrize("failpoint", ["deal.claimed", "deal.performed", "work.before-commit"])
def test_a_kill_on_the_way_changes_nothing(tmp_path: Path, failpoint: str) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", failpoint)):
        house = build_house(tmp_path / name)
        house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", sheet(WRONG))))
        assert house.once().returncode == 0
        house.put("second", with_sheet(reply(returned(house), "已改好", BEI), RIGHT))
        # The intake is the first commit of the pass.
        wish = f"{armed}:2" if armed == "work.before-commit" else armed
        done = house.once(NEXT, MAILFLOW_FAILPOINT=wish)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        for later in LATER:
            assert house.once(later).returncode == 0
        ends.append(house.end_state())
    assert ends[0] == ends[1]
    assert revisions(house) == CORRECTED
