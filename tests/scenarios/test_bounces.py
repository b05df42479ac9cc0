"""A letter that comes back is matched to what was sent, marked, and told to whoever must act."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import mail
from mailflow.commands.demo_desk.registers import CONFIG, STAFF, write_register
from tests.live.dovecot import Dovecot
from tests.live.postfix import Postfix
from tests.reports_of_systems import in_words, report
from tests.scenarios.house import EVENING, House, build_house, some_mails
from tests.scenarios.replies import ADMIN, letters, words

WAREHOUSE = "warehouse@songping.example"
NEXT, LATER = "2026-11-10T18:30:00+08:00", "2026-11-10T19:00:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An order is booked, its list with the warehouse and its answer with the manager."""
    built = build_house(tmp_path / "house")
    built.put("order", some_mails("01-clean")["01-clean"])
    assert built.once(EVENING).returncode == 0
    return built


def messages(house: House, notice: str) -> list[dict[str, Any]]:
    return [m for m in house.rows("messages") if m["notice"] == notice]


def states(house: House) -> dict[str, str]:
    return {m["notice"]: m["state"] for m in house.rows("messages")}


def list_of(house: House) -> dict[str, Any]:
    [one] = messages(house, "dispatch-list")
    return one


def brings(house: House, name: str, raw: bytes, now: str) -> tuple[str, str]:
    """State and reason of a mail that comes in."""
    house.put(name, raw)
    done = house.once(now)
    assert done.returncode == 0, done.stderr
    last = house.rows("mails")[-1]
    return last["state"], last["reason"]


@pytest.mark.fault("S16", "L04")
def test_a_report_on_nothing_of_ours_changes_nothing_and_stands_in_the_digest(house: House) -> None:
    before = states(house)
    strange = "<ffffffffffffffffffffffffffffffff.mailflow@songping.example>"
    assert brings(house, "report", report(WAREHOUSE, strange), NEXT) == ("ignored", "bounce")
    assert states(house) == before
    assert messages(house, "undelivered") == []


def test_a_report_of_a_delay_changes_nothing(house: House) -> None:
    raw = report(WAREHOUSE, list_of(house)["message_id"], action="delayed", said="451 later")
    assert brings(house, "report", raw, NEXT) == ("ignored", "bounce-late")
    assert list_of(house)["state"] == "accepted"
    assert messages(house, "undelivered") == []


@pytest.mark.fault("S16")
def test_a_list_that_came_back_is_told_to_the_sales_admin_at_once_and_goes_again_when_released(
    house: House,
) -> None:
    sent = list_of(house)
    raw = report(WAREHOUSE, sent["message_id"], said="552 5.2.2 mailbox full <b>")
    assert brings(house, "report", raw, NEXT) == ("done", "bounce-matched")
    assert (list_of(house)["state"], list_of(house)["last_error"]) == (
        "bounced",
        "552 5.2.2 mailbox full <b>",
    )
    [letter] = letters(house, ADMIN, "退信")
    assert sent["subject_id"] in letter["Subject"]
    assert "仓库还不知道这张清单" in words(letter)
    assert "552 5.2.2 mailbox full <b>" in words(letter)
    html = letter.get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;" in html.get_content()
    # The same report again, and one by another system, are no news.
    for name, again in (
        ("again", raw),
        ("other", report(WAREHOUSE, sent["message_id"], whole=False)),
    ):
        brings(house, name, again, LATER)
    assert len(letters(house, ADMIN, "退信")) == 1
    released = house.run("release", "message", str(sent["id"]), "--reason", "mended")
    assert released.returncode == 0, released.stderr
    # A command goes by the clock on the wall.
    soon = datetime.now(UTC) + timedelta(hours=1)
    assert house.once(soon.isoformat()).returncode == 0
    assert list_of(house)["state"] == "accepted"
    assert len(letters(house, WAREHOUSE, sent["subject_id"])) == 1  # one number, one file


@pytest.mark.parametrize("failpoint", ["message.bounced", "deal.performed"])
def test_a_kill_while_it_is_marked_leaves_it_marked_and_told_once(
    house: House, failpoint: str
) -> None:
    house.put("report", report(WAREHOUSE, list_of(house)["message_id"]))
    killed = house.once(NEXT, MAILFLOW_FAILPOINT=failpoint)
    assert killed.returncode == -signal.SIGKILL, f"{failpoint} was never reached"
    assert house.once(LATER).returncode == 0
    assert list_of(house)["state"] == "bounced"
    assert len(letters(house, ADMIN, "退信")) == 1


def test_what_came_back_stands_in_the_digest_until_it_is_settled(house: House) -> None:
    brings(house, "report", report(WAREHOUSE, list_of(house)["message_id"]), NEXT)
    order, tomorrow = house.rows("orders")[0]["number"], "2026-11-11T18:00:00+08:00"
    house.put("asks", mail(ADMIN, f"状态 {order}", ""))
    assert house.once(tomorrow).returncode == 0
    assert "仓库没有收到" in words(letters(house, ADMIN, order)[-1])
    assert "邮件被退回" in words(letters(house, ADMIN, "日报")[-1])
    number = str(list_of(house)["id"])
    told = house.run("status").stdout
    assert f"message {number} message-bounced since" in told
    assert "The other side sent this message back" in told
    assert f"mailflow release message {number} --reason" in told
    assert house.run("close", "message", number, "--reason", "phoned").returncode == 0
    assert house.once("2026-11-12T18:00:00+08:00").returncode == 0
    assert "邮件被退回" not in words(letters(house, ADMIN, "日报")[-1])


def test_an_answer_that_came_back_is_marked_and_waits_for_the_digest(house: House) -> None:
    [answer] = messages(house, "order-answer")
    told = in_words(f"您的邮件无法送达，原因：收件人不存在\n\nMessage-ID: {answer['message_id']}\n")
    assert brings(house, "report", told, NEXT) == ("done", "bounce-matched")
    assert states(house)["order-answer"] == "bounced"
    assert messages(house, "undelivered") == []


def test_news_of_what_came_back_that_comes_back_itself_makes_no_more_news(house: House) -> None:
    brings(house, "report", report(WAREHOUSE, list_of(house)["message_id"]), NEXT)
    [news] = messages(house, "undelivered")
    raw = report(ADMIN, news["message_id"])
    assert brings(house, "second", raw, LATER) == ("done", "bounce-matched")
    assert len(messages(house, "undelivered")) == 1


def test_whoever_could_not_be_reached_is_not_the_one_who_is_told(tmp_path: Path) -> None:
    """Here the sales admin keeps the warehouse too."""
    house = build_house(tmp_path / "house")
    staff = tuple((*row[:2], ADMIN, *row[3:]) if row[2] == WAREHOUSE else row for row in STAFF)
    assert staff != STAFF
    write_register(house.folder, "staff", staff)
    house.put("order", some_mails("01-clean")["01-clean"])
    assert house.once(EVENING).returncode == 0
    brings(house, "report", report(ADMIN, list_of(house)["message_id"]), NEXT)
    assert list_of(house)["state"] == "bounced"
    assert ADMIN not in {m["recipient"] for m in messages(house, "undelivered")}


@pytest.mark.fault("S16")
def test_a_report_of_a_real_mail_system_is_matched(
    tmp_path: Path, dovecot: Dovecot, postfix: Postfix
) -> None:
    """The warehouse's server, outside, knows nobody of that name; Postfix reports it to us."""
    name, outside = "back-again", "warehouse@outside.example"
    postfix.world.refuse[outside] = "550 5.1.1 nobody of that name"
    mailbox = f'{{url: "imaps://{name}@127.0.0.1:{dovecot.imaps_port}", password: {{env: LIVE}}, '
    mailbox += f'since: all, ca_file: "{dovecot.ca_file}"}}'
    config = CONFIG.replace('{url: "maildir:inbox", since: all}', mailbox)
    config = config.replace('"maildir:outbox"', f'"smtp://127.0.0.1:{postfix.port}"')
    house = build_house(tmp_path / "house", config.replace("orders@songping", f"{name}@songping"))
    staff = tuple((*row[:2], outside, *row[3:]) if row[2] == WAREHOUSE else row for row in STAFF)
    write_register(house.folder, "staff", staff)
    dovecot.deliver(name, some_mails("01-clean")["01-clean"])
    assert house.once(EVENING, LIVE=dovecot.password).returncode == 0
    assert list_of(house)["state"] == "accepted"
    assert postfix.queue_empty()
    assert house.once(NEXT, LIVE=dovecot.password).returncode == 0
    assert list_of(house)["state"] == "bounced"
    assert "550 5.1.1 nobody of that name" in list_of(house)["last_error"]
    assert [m["recipient"] for m in messages(house, "undelivered")] == [ADMIN]
    assert house.rows("mails")[-1]["reason"] == "bounce-matched"
