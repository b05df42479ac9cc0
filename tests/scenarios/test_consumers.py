"""Lists of consumers: who calls gets them, once; nobody else ever sees who they are (S10)."""

from __future__ import annotations

import io
import json
import signal
import sqlite3
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.domain import failpoint
from tests.scenarios.conftest import Build
from tests.scenarios.consumers import (
    AGENTS,
    HEAD,
    NORTH,
    NUMBERS,
    ONE,
    PEOPLE,
    SOUTH,
    THREE,
    TWO,
    book_in,
    brings,
    listed,
    texts_in,
    with_agents,
    workbook_in,
)
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import ADMIN, letters, reply, words

NEXT_DAY = "2026-11-11T10:00:00+08:00"
LAST_DAY, OVER = "2027-02-08T10:00:00+08:00", "2027-02-09T00:01:00+08:00"
"""The 90th day after the list came, and the first minute after it."""
DEALER = "n101@dealer.example"
SHORT = ("李某", "138000011", "", "", "阳光母婴店", "亲贝", "优护1段")
BARE = ("", "", "", "", "", "亲贝", "优护1段")
HERS = ("钱某", "13600004444", "", "", "叶子店", "", "优护1段")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return with_agents(build_house(tmp_path / "house"), *AGENTS)


def comes(house: House, *raw: bytes, now: str = "2026-11-10T18:00:00+08:00") -> None:
    for each in raw:
        number = len(list((house.folder / "inbox").rglob("*consumers*")))
        message = message_from_bytes(each)
        del message["Message-ID"]
        message["Message-ID"] = f"<consumers-{number}@street.example>"
        house.put(f"consumers{number:03}", message.as_bytes())
    done = house.once(now)
    assert done.returncode == 0, done.stderr


def reasons(house: House) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in house.rows("mails")]


def to_call(house: House) -> list[tuple[str, int]]:
    """Who got a list, and how many stand on it."""
    return [
        (m["To"], len(workbook_in(m)) - 2)
        for who in (NORTH, SOUTH)
        for m in letters(house, who)
        if "XF" in m["Subject"]
    ]


def test_what_is_not_his_or_not_a_list_alone_goes_nowhere(house: House) -> None:
    stranger = brings("who@nowhere.example", ONE)
    agent = brings(NORTH, ONE, subject="名单")
    both = mail(
        *(ADMIN, "名单和订单", "请查收"),
        ("消费者名单.xlsx", listed(ONE)),
        ("订单.xlsx", sheet(order("N103", [(A1, 3, "现金")]))),
    )
    taken_back = mail(ADMIN, "作废：消费者名单", "请作废", ("名单.xlsx", listed(ONE)))
    automatic = mail(
        *(ADMIN, "消费者名单 自动", "见附件"),
        ("名单.xlsx", listed(ONE)),
        Auto_Submitted="auto-generated",
    )
    comes(house, stranger, agent, both, taken_back, automatic)
    assert to_call(house) == []
    assert all("consumers" not in reason for _, reason in reasons(house))
    assert stored(house, "select count(*) from consumers") == [(0,)]
    # Whatever becomes of them: in time they are deleted.
    assert stored(house, "select count(*) from personal_mails") == [(5,)]


def stored(house: House, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as books:
        return books.execute(query).fetchall()


def test_a_list_is_split_by_region_and_what_is_wrong_is_told_at_its_cell(house: House) -> None:
    comes(house, brings(ADMIN, ONE, TWO, THREE, SHORT, BARE, ONE))
    assert to_call(house) == [(NORTH, 2), (SOUTH, 1)]
    assert reasons(house) == [("returned", "consumers-returned")]
    [answer] = letters(house, ADMIN, "消费者名单")
    said = words(answer)
    assert "收到 3 位，另有 2 行请修改" in said
    assert "北区：2 位，已转给客服 北区客服小陈" in said
    for place in ("名单!B6", "名单!A7", "名单!B7", "名单!E7"):
        assert place in said
    assert "138****1111 和 名单!B3 是同一个" in said
    [calls] = letters(house, SOUTH)
    assert [cell or "" for cell in workbook_in(calls)[2][:8]] == [
        *("赵某敏", "037155550000", "赵乐乐", "", "星星母婴店", "S201", "南区", "优护3段"),
    ]
    assert "花园路" not in texts_in(calls)
    assert "晚上打" not in texts_in(calls)


def test_who_is_known_is_not_called_twice(house: House) -> None:
    comes(house, brings(BEI, ONE, TWO))
    comes(house, brings(BEI, ("王某芳", "+86 138-0000-1111", *ONE[2:]), TWO, subject="再发一次"))
    assert reasons(house) == [("done", "consumers-taken"), ("done", "consumers-known")]
    assert to_call(house) == [(NORTH, 2)]
    own = words(letters(house, BEI, "消费者名单")[-1])
    assert "在您发过的名单 XF261110-0001 里已经有了" in own
    comes(house, brings(DEALER, (*ONE[:5], "", ONE[6]), HERS))
    other = words(letters(house, DEALER)[-1])
    # Whose list it is on is nobody's business but his who sent that one.
    assert "在以前的名单里已经有了" in other
    assert "XF261110-0001" not in other
    assert to_call(house) == [(NORTH, 2), (NORTH, 1)]


def test_each_sends_for_his_own_alone(house: House) -> None:
    unsaid = (*THREE[:5], "", THREE[6])
    comes(house, brings(BEI, THREE, unsaid))
    assert to_call(house) == [(NORTH, 1)]
    [answer] = letters(house, BEI, "消费者名单")
    assert "不归您负责" in words(answer)
    comes(house, brings(DEALER, ("吴某", "13500005555", "", "", "店", "亲贝", "")))
    assert to_call(house) == [(NORTH, 1)]
    comes(house, brings(ADMIN, ("吴某", "13500005555", "", "", "店", "", "")))
    assert "看不出是哪家经销商、哪个区域" in words(letters(house, ADMIN, "消费者名单")[-1])
    assert to_call(house) == [(NORTH, 1)]


def test_where_nobody_calls_nothing_leaves_until_somebody_does(
    build: Build, tmp_path: Path
) -> None:
    house = with_agents(build(tmp_path / "house"), AGENTS[0])
    comes(house, brings(ADMIN, ONE, THREE))
    assert to_call(house) == [(NORTH, 1)]
    assert reasons(house) == [("review", "consumers-no-caller")]
    [asked] = letters(house, ADMIN, "没有客服负责")
    assert "南区有 1 位消费者等着回访" in words(asked)
    assert [c["state"] for c in house.rows("cases")] == ["open"]
    with_agents(house, *AGENTS)
    for now in (NEXT_DAY, "2026-11-11T10:05:00+08:00"):
        comes(house, now=now)
    assert to_call(house) == [(NORTH, 1), (SOUTH, 1)]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    assert [m["state"] for m in house.rows("mails")] == ["done"]


def test_the_sheet_that_was_filled_in_is_read_as_the_result_of_calls(house: House) -> None:
    comes(house, brings(ADMIN, ONE, TWO))
    [calls] = letters(house, NORTH)
    book = book_in(calls)
    page = book.active
    for row, (result, used) in enumerate((("接通", "已使用"), ("空号", None)), start=3):
        for column, value in enumerate(("2026-11-11", "小陈", result, used, 2, 1, 1), start=9):
            page.cell(row, column, value)
    out = io.BytesIO()
    book.save(out)
    [name] = [part.get_filename() for part in calls.iter_attachments()]
    answer = EmailMessage(policy=default)
    answer["From"], answer["To"], answer["Subject"] = NORTH, "orders@songping.example", "回访结果"
    answer.set_content("请查收")
    answer.add_attachment(
        out.getvalue(), maintype="application", subtype="octet-stream", filename=name
    )
    path = house.folder / "answer.eml"
    path.write_bytes(answer.as_bytes())
    [document] = json.loads(house.run("explain", "--json", str(path)).stdout)["documents"]
    assert document["kind"] == "call-backs"
    first, second = document["rows"]
    assert (first["phone"], first["store"], first["distributor_code"]) == (ONE[1], ONE[4], "N103")
    assert (first["outcome"], first["use"]) == ("reached", "used")
    assert [first[n]["units"] for n in ("given", "used_up", "wasted")] == [2, 1, 1]
    assert second["outcome"] == "wrong-number"


@pytest.mark.parametrize(
    "name", [n for n in failpoint.ALL if n in ("consumers.kept", "consumers.passed")]
)
def test_a_list_that_is_killed_on_the_way_goes_out_once(name: str, tmp_path: Path) -> None:
    ends = []
    for point in ("", f"{name}:1", f"{name}:2" if name.endswith("passed") else ""):
        house = with_agents(build_house(tmp_path / f"house{len(ends)}"), *AGENTS)
        house.put("list", brings(ADMIN, ONE, TWO, THREE, SHORT))
        killed = house.once(**({"MAILFLOW_FAILPOINT": point} if point else {}))
        assert killed.returncode == (-signal.SIGKILL if point else 0), killed.stderr
        for later in LATER:
            assert house.once(later).returncode == 0
        ends.append((house.end_state(), to_call(house)))
    assert ends[0][1] == [(NORTH, 2), (SOUTH, 1)]
    assert ends[1:] == [ends[0]] * 2


@pytest.mark.parametrize("in_the_end", [NORTH, SOUTH])
def test_a_sheet_that_has_not_left_goes_to_who_is_in_charge_when_it_does(
    in_the_end: str, tmp_path: Path
) -> None:
    hers = (*AGENTS[1][:3], "北区", "")
    house = with_agents(build_house(tmp_path / "house"), AGENTS[0])
    house.put("list", brings(ADMIN, ONE))
    assert house.once(MAILFLOW_FAILPOINT="deal.committed:1").returncode == -signal.SIGKILL
    with_agents(house, hers)
    assert house.run("import", "staff", str(house.folder / "staff.xlsx")).returncode == 0
    [sheet] = [m for m in house.rows("messages") if m["recipient"] == NORTH]
    assert sheet["state"] == "suppressed"
    [case] = house.rows("cases")
    assert (case["state"], case["reason"]) == ("open", "consumers-no-caller")
    with_agents(house, hers if in_the_end == SOUTH else AGENTS[0])
    for later in LATER:
        assert house.once(later).returncode == 0
    assert to_call(house) == [(in_the_end, 1)]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    with_agents(house, hers if in_the_end == NORTH else AGENTS[0])
    assert house.once(NEXT_DAY).returncode == 0
    assert to_call(house) == [(in_the_end, 1)]  # what has left is where it is


@pytest.mark.parametrize("point", ["", "spool.forgotten", "consumers.deleted"])
def test_all_of_it_is_deleted_in_time(point: str, tmp_path: Path) -> None:
    house = with_agents(build_house(tmp_path / "house"), *AGENTS)
    comes(house, brings(ADMIN, ONE, TWO, THREE))
    comes(house, now=LAST_DAY)
    assert stored(house, "select count(*) from consumers") == [(3,)]
    if point:
        killed = house.once(OVER, MAILFLOW_FAILPOINT=point)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    comes(house, now=OVER)
    comes(house, now="2027-02-09T00:06:00+08:00")
    assert stored(house, "select count(*) from consumers") == [(0,)]
    assert stored(house, "select state, consumers from consumer_lists") == [("deleted", 3)]
    spooled = (path for path in (house.folder / "spool").rglob("*") if path.is_file())
    for path in (house.folder / "mailflow.db", *spooled):
        data = path.read_bytes()
        for secret in (*PEOPLE, *NUMBERS):
            at = data.find(secret.encode())
            assert at == -1, (path.name, data[max(0, at - 80) : at + 80])
    mimes = [m for (m,) in stored(house, "select mime from letters")]
    assert not any(b"spreadsheet" in bytes(m) for m in mimes if b"XF261110" in bytes(m))
    [note] = (house.folder / "spool").rglob("*.deleted")
    assert json.loads(note.read_text())["mail"] == "M1"
    deleted = [h for h in story(house, "mail", "1")["history"] if h["reason"] == "bytes deleted"]
    assert len(deleted) == 1
    assert "deleted on" in house.run("redo", "1", "--reason", "once more").stderr
    # The very same mail again is a mail we know: nothing of it is kept once more.
    raw = next((house.folder / "inbox").rglob("*consumers000*")).read_bytes()
    house.put("again", raw)
    comes(house, now="2027-02-09T00:10:00+08:00")
    assert len(house.rows("mails")) == 1
    assert list((house.folder / "spool").glob("??/*")) == [note]


def gone(house: House) -> list[str]:
    """Who was told that a list is deleted."""
    notices = ("consumers-forgotten",)
    return sorted(m["recipient"] for m in house.rows("messages") if m["notice"] in notices)


def is_nowhere(house: House, *secrets: str) -> bool:
    spooled = (path for path in (house.folder / "spool").rglob("*") if path.is_file())
    kept = [path.read_bytes() for path in (house.folder / "mailflow.db", *spooled)]
    return not any(secret.encode() in data for data in kept for secret in secrets)


def test_one_list_is_deleted_before_its_time_by_whose_it_is(house: House) -> None:
    comes(house, brings(BEI, ONE, TWO), brings(NAN, THREE, subject="南区名单"))
    asks = "删除名单 XF261110-0001"
    # A stranger, another manager, whoever calls, an automatic mail, and words around it.
    others = ("who@nowhere.example", NAN, NORTH)
    comes(
        house,
        *(mail(who, asks, "") for who in others),
        mail(BEI, asks, "", Auto_Submitted="auto-generated"),
        mail(BEI, asks, "不急，等回访完再删"),
    )
    assert gone(house) == []
    assert stored(house, "select count(*) from consumers") == [(3,)]
    house.put("asks", mail(BEI, asks, ""))
    killed = house.once(LATER[0], MAILFLOW_FAILPOINT="consumers.wanted")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    comes(house, now=LATER[0])
    assert gone(house) == sorted([BEI, NORTH])
    assert "2 位消费者不再回访" in words(letters(house, BEI)[-1])
    assert "已经请 北区客服小陈 停止回访" in words(letters(house, BEI)[-1])
    assert "您这边的 2 位请不要再打" in words(letters(house, NORTH)[-1])
    assert is_nowhere(house, *PEOPLE[:2], *NUMBERS[:2])
    assert stored(house, "select number, state from consumer_lists") == [
        ("XF261110-0001", "deleted"),
        ("XF261110-0002", "passed"),
    ]
    told = [h["reason"] for h in story(house, "consumers", "XF261110-0001")["history"]]
    assert any(reason.endswith(BEI) and reason.startswith("M") for reason in told)
    assert "M1: 2" in told
    # Who asks again hears so; an operator has the other one deleted by command.
    comes(house, mail(BEI, asks, ""), now=LATER[1])
    assert "早已删除" in words(letters(house, BEI)[-1])
    assert len(gone(house)) == 3
    closed = house.run("close", "consumers", "XF261110-0002", "--reason", "对方要求")
    assert (closed.returncode, closed.stdout) == (0, "consumers XF261110-0002: deleted\n")
    assert is_nowhere(house, *PEOPLE, *NUMBERS)
    comes(house, now=LATER[1])
    assert gone(house) == sorted([BEI, BEI, NORTH, NAN, SOUTH])
    assert "as it was asked" in house.run("redo", "2", "--reason", "x").stderr
    assert house.run("close", "consumers", "XF000000-0000", "--reason", "x").returncode == 1


def story(house: House, kind: str, number: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(house.run("show", kind, number, "--json").stdout)
    return told


def test_what_is_with_customer_service_is_not_read_anew_and_what_waits_is(tmp_path: Path) -> None:
    house = with_agents(build_house(tmp_path / "house"), AGENTS[0])
    comes(house, brings(ADMIN, ONE), brings(ADMIN, THREE, subject="南区名单"))
    refused = house.run("redo", "1", "--reason", "again")
    assert refused.returncode == 1
    assert "XF261110-0001 is with customer service" in refused.stderr
    assert house.run("redo", "2", "--reason", "again").returncode == 0
    with_agents(house, *AGENTS)
    comes(house, now=NEXT_DAY)
    assert to_call(house) == [(NORTH, 1), (SOUTH, 1)]


def test_in_a_rehearsal_nobody_sees_who_they_are(tmp_path: Path) -> None:
    config = CONFIG.replace("mode: live", "mode: redirect\nredirect_to: tester@songping.example")
    house = with_agents(build_house(tmp_path / "house", config), *AGENTS)
    comes(house, brings(ADMIN, ONE, TWO))
    got = [texts_in(m) for m in letters(house, "tester@songping.example")]
    assert any("138****1111" in text for text in got)
    for secret in (*PEOPLE, *NUMBERS):
        assert not any(secret in text for text in got)


def test_nobody_but_who_calls_ever_sees_who_they_are(build: Build, tmp_path: Path) -> None:
    """Everything that anybody can look at, after everything that can happen to such a list."""
    house = with_agents(build(tmp_path / "house"), *AGENTS)
    health = house.config.read_text(encoding="utf-8") + "health: {file: health.json}\n"
    house.config.write_text(health, encoding="utf-8")
    pasted = "\n".join("\t".join(map(str, row)) for row in (HEAD[:7], ONE, TWO, SHORT, ONE))
    mixed = mail(
        *(BEI, "名单和订单", "请查收"),
        ("消费者名单.xlsx", listed(ONE, SHORT)),
        ("订单.xlsx", sheet(order("N103", [(A1, 3, "现金")]))),
    )
    logs = []
    for now, raws in (
        ("2026-11-10T17:00:00+08:00", [brings(ADMIN, ONE, TWO, THREE, SHORT, BARE, ONE)]),
        ("2026-11-10T17:05:00+08:00", [mail(BEI, "消费者名单 粘贴", pasted), mixed]),
        (
            "2026-11-10T17:10:00+08:00",
            [brings("who@nowhere.example", ONE), brings(NAN, THREE, ONE)],
        ),
        ("2026-11-10T18:00:00+08:00", [brings(DEALER, TWO, (*SHORT[:5], "", ""))]),
    ):
        for number, raw in enumerate(raws):
            message = message_from_bytes(raw)
            message.replace_header("Message-ID", f"<scan-{now[11:16]}-{number}@street.example>")
            house.put(f"scan{now[14:16]}{number}{now[11:13]}", message.as_bytes())
        done = house.once(now)
        assert done.returncode == 0, done.stderr
        logs.append(done.stdout + done.stderr)
    seen = {"log": "\n".join(logs)}
    for m in letters(house):
        if m["To"] not in (NORTH, SOUTH):
            seen[f"{m['To']} {m['Subject']}"] = texts_in(m)
    for kind in ("mails", "orders", "cases", "messages", "settlements"):
        for row in house.rows(kind):
            seen[f"list {kind} {row['id']}"] = json.dumps(row, ensure_ascii=False)
            one = kind.rstrip("s")
            if one in ("mail", "message", "case"):
                told = house.run("show", one, str(row["number" if one == "case" else "id"]))
                seen[f"show {one} {row['id']}"] = told.stdout
    for command in (["status"], ["status", "--json"], ["doctor"]):
        seen[" ".join(command)] = house.run(*command).stdout
    seen["health"] = (
        (house.folder / "health.json").read_text(encoding="utf-8")
        if (house.folder / "health.json").exists()
        else ""
    )
    assert any("消费者名单" in key for key in seen)
    assert to_call(house)
    for where, text in seen.items():
        for secret in (*PEOPLE, *NUMBERS, "138000011", "花园路1号", "晚上打"):
            assert secret not in text, f"{secret} in {where}"


def test_an_unknown_region_or_disagreeing_one_is_asked(house: House) -> None:
    head = (*HEAD[:7], "区域")
    rows = [
        (*ONE, "南区"),
        ("吴某", "13500005555", "", "", "店", "", "", "火星"),
        ("孙某", "13500006666", "", "", "店", "", "", "北区"),
    ]
    data = listed(*rows, head=head)
    comes(house, mail(ADMIN, "消费者名单", "请查收", ("消费者名单.xlsx", data)))
    said = words(letters(house, ADMIN, "消费者名单")[-1])
    assert "这里写的区域是“南区”，经销商在北区" in said
    assert "没有叫“火星”的区域" in said
    assert to_call(house) == [(NORTH, 1)]


def test_a_reply_without_a_sheet_is_no_list(house: House) -> None:
    comes(house, brings(ADMIN, ONE))
    [answer] = letters(house, ADMIN, "消费者名单")
    comes(house, reply(answer, "谢谢", ADMIN, quote=True))
    assert to_call(house) == [(NORTH, 1)]


def test_an_operator_sees_the_ends_and_is_seen(house: House) -> None:
    comes(house, brings(ADMIN, ONE, THREE))
    [listed_one] = house.rows("consumers")
    assert (listed_one["number"], listed_one["consumers"]) == ("XF261110-0001", 2)
    file = house.folder / "out.csv"
    assert house.run("export", "consumers", str(file)).returncode == 0
    told = house.run("show", "consumers", "XF261110-0001")
    assert "138****1111" in told.stdout
    assert "王**" in told.stdout
    for secret in (*PEOPLE, *NUMBERS):
        assert secret not in told.stdout
        assert secret not in file.read_text(encoding="utf-8-sig")
    again = story(house, "consumers", "XF261110-0001")
    reasons_given = [h["reason"] for h in again["history"]]
    assert reasons_given[1:] == [f"北区: 1 → {NORTH}", f"南区: 1 → {SOUTH}", "export", "show"]
    assert house.run("show", "consumers", "XF000000-0000").returncode == 1
    [spooled] = (house.folder / "spool").glob("??/*")
    explained = house.run("explain", str(spooled))
    assert explained.returncode == 1
    assert "consumers may stand" in explained.stderr
    assert explained.stdout == ""
