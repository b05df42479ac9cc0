"""What marketing or a sales admin announces goes to each whom it concerns, once, and is confirmed (S15).

The 10th of November 2026 is a Tuesday; whoever does not confirm is reminded after two working days.
"""

from __future__ import annotations

import json
import signal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, CUSTOMERS, STAFF, write_register
from tests.reports_of_systems import report
from tests.scenarios.conftest import Build
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, FINANCE, GM, TOKEN, letters, reply, words
from tests.scenarios.test_stories import comes

ASSISTANT, FAR = "assistant@songping.example", "far@songping.example"
N101, N102, S201 = "n101@dealer.example", "n102@dealer.example", "s201@dealer.example"
PEOPLE = (
    *STAFF,
    ("marketing_assistant", "林市场", ASSISTANT, "", ""),
    ("sales_admin", "销管小远", FAR, "南区", ""),
)
ASKS = CONFIG + "announcements: {at_once: 0, remind: 2}\n"
POLICY = ("十一月政策.pdf", b"%PDF-1.7 \xff\x00 policy")
NUMBER = "GG261110-0001"


def at(day: int, hour: str = "10:00") -> str:
    return f"2026-11-{day:02}T{hour}:00+08:00"


def with_people(house: House) -> House:
    write_register(house.folder, "staff", PEOPLE)
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    """It asks nobody who sends to ten people or fewer."""
    return with_people(build_house(tmp_path / "house"))


def announces(
    text: str, sender: str = ASSISTANT, subject: str = "公告：十一月政策", files: Any = ()
) -> bytes:
    return mail(sender, subject, text, *files)


def files_of(letter: EmailMessage) -> list[tuple[str | None, bytes]]:
    return [(a.get_filename(), a.get_content()) for a in letter.iter_attachments()]


def announced(house: House) -> dict[str, EmailMessage]:
    """The newest announcement that each has, by his address."""
    ids = {m["message_id"]: m for m in house.rows("messages") if m["notice"] == "announcement"}
    return {ids[m["Message-ID"]]["recipient"]: m for m in letters(house) if m["Message-ID"] in ids}


def sent(house: House, notice: str = "announcement") -> list[str]:
    return [m["recipient"] for m in house.rows("messages") if m["notice"] == notice]


def story(house: House, number: str = NUMBER) -> dict[str, Any]:
    told = house.run("show", "announcement", number, "--json")
    return json.loads(told.stdout)


def reached(house: House) -> dict[str, str]:
    return {p["address"]: p["reached"] for p in story(house)["people"]}


@pytest.mark.timeout(400)  # twenty passes of the daemon
def test_an_announcement_is_shown_back_goes_out_and_is_confirmed(
    build: Build, tmp_path: Path
) -> None:
    house = with_people(build(tmp_path / "house", ASKS))
    text = "收件人：北区、South Manager，经销商 S201、区域经理\n请确认\n\n各位好：\n\n<b>政策</b>见附件。"
    comes(house, at(10), announces(text, files=(POLICY,)))
    [asked] = letters(house, ASSISTANT)
    assert "会发给 5 个人" in words(asked)
    assert "云岭市亲贝孕婴用品店 没有登记邮箱，请 北区经理 转告" in words(asked)
    assert sent(house) == []
    comes(house, at(10, "10:05"), reply(asked, "等一下再发", ASSISTANT, quote=True))
    assert "没看懂" in words(letters(house, ASSISTANT)[-1])
    assert sent(house) == []

    # By the button alone: its program keeps neither thread nor quotation.
    button = reply(asked, "发送", ASSISTANT, refers=False)
    comes(house, at(10, "10:10"), button, button)
    theirs = announced(house)
    assert sorted(sent(house)) == sorted([BEI, NAN, N101, N102, S201])
    for address, letter in theirs.items():
        assert letter["To"] == address
        assert letter["Cc"] is None
        assert files_of(letter) == [POLICY]
        assert "<b>政策</b>见附件。" in words(letter)
        assert not any(other in str(letter) for other in theirs if other != address)
    assert len({TOKEN.findall(m["Subject"])[0] for m in theirs.values()}) == 5
    assert "麻烦您转告：云岭市亲贝孕婴用品店" in words(theirs[BEI])
    assert "please press CONFIRMED" in words(theirs[NAN])
    [case] = [c for c in house.rows("cases") if c["state"] == "open"]
    assert (case["number"], case["reason"]) == (NUMBER, "announcement-open")

    # By thread alone, by the number alone, by the token alone; a machine confirms nothing.
    comes(house, at(10, "11:00"), reply(theirs[BEI], "收到，谢谢！", BEI, subject="答复"))
    comes(house, at(10, "11:05"), reply(theirs[NAN], "Confirmed", NAN, refers=False))
    away = reply(theirs[N101], "收到", N101, Auto_Submitted="auto-replied")
    comes(house, at(10, "11:10"), away)
    comes(house, at(10, "11:15"), reply(theirs[N102], "收到，但是附件打不开", N102))
    assert "附件打不开" in words(letters(house, ASSISTANT)[-1])
    assert "您的话已转给 林市场" in words(letters(house, N102)[-1])
    comes(house, at(10, "11:20"), mail(ASSISTANT, f"状态 {NUMBER}", ""))
    table = words(letters(house, ASSISTANT)[-1])
    assert "没确认 3 位，已确认 2 位" in table
    assert reached(house) == {
        **{BEI: "confirmed", NAN: "confirmed"},
        **dict.fromkeys((N101, N102, S201), "waiting"),
    }

    # Reminded after two working days, by whoever looks then; once, however long nobody looked.
    comes(house, at(12, "10:00"))
    assert sent(house).count(N101) == 1
    comes(house, at(17))
    comes(house, at(17, "11:00"))
    assert [sent(house).count(a) for a in (N101, N102, S201, BEI, NAN)] == [2, 2, 2, 1, 1]
    reminder = announced(house)[S201]
    assert files_of(reminder) == []
    assert "<b>政策</b>" in words(reminder)
    comes(house, at(17, "11:30"), reply(reminder, "好的，收到\n我们照办", S201, subject="答复"))
    assert "我们照办" in words(letters(house, ASSISTANT)[-1])
    comes(house, at(17, "11:35"), reply(announced(house)[N101], "已阅", N101, refers=False))
    assert "公告已全部确认" not in letters(house, ASSISTANT)[-1]["Subject"]
    comes(house, at(17, "11:40"), reply(announced(house)[N102], "收到", N102))
    assert "公告已全部确认" in letters(house, ASSISTANT)[-1]["Subject"]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    comes(house, at(20), at_rest(theirs[BEI]))
    assert len(sent(house)) == 8
    assert story(house)["state"] == "done"


def at_rest(letter: EmailMessage) -> bytes:
    """Confirmed once more: nothing of it changes."""
    return reply(letter, "收到", BEI, subject="Re: 再次收到")


def test_who_may_not_announce_and_what_is_no_announcement_reaches_nobody(house: House) -> None:
    comes(
        house,
        at(10),
        announces("收件人：全部\n放假", sender=BEI),
        announces("收件人：北区\n转发的", sender="stranger@street.example"),
        mail(ASSISTANT, "十一月政策", "收件人：北区\n这封没有写公告"),
        mail(ASSISTANT, "通知仓库发货", "收件人：北区"),
        mail(ASSISTANT, "Re: 公告：旧的", "收件人：北区\n好的"),
    )
    assert sent(house) == []
    assert "公告由市场部或销管来发" in words(letters(house, BEI)[-1])
    assert house.run("list", "announcements").stdout == ""


WRONG = {
    "missing": ("各位好", {}, "没写收件人"),
    "unknown": ("收件人：华中、北区\n内容", {}, "“华中”不认识"),
    "excluded": ("收件人：北区除N101外\n内容", {}, "不认识"),
    "not-his": ("收件人：北区、南区\n内容", {"sender": FAR}, "“北区”不归您负责"),
    "himself": ("收件人：林市场\n内容", {}, "一个人也没有"),
    "internal": ("收件人：南区\n密级：内部\n内容", {}, "收件人里有公司外面的人"),
    "internal-title": ("收件人：全部\n内容", {"subject": "公告：内部培训安排"}, "公司外面的人"),
    "internal-relayed": ("收件人：经销商 N103\n本文件仅限内部使用", {}, "公司外面的人"),
    "macro": ("收件人：北区\n内容", {"files": (("政策.xlsm", b"PK\x03\x04 x"),)}, "带宏"),
    "nothing": ("收件人：北区", {"subject": "公告"}, "都是空的"),
    "quoted": ("收件人：北区\n-----原始邮件-----\n发件人: a\n内容", {}, "转发或引用"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_certain_is_asked_back_and_nobody_gets_it(name: str, house: House) -> None:
    text, more, said = WRONG[name]
    comes(house, at(10), announces(text, **more))
    to = more.get("sender", ASSISTANT)
    assert said in words(letters(house, to)[-1])
    assert "公告这样写" in words(letters(house, to)[-1])
    assert sent(house) == []
    assert [m["state"] for m in house.rows("mails")] == ["returned"]


def test_what_is_internal_goes_to_our_own_people_alone(house: House) -> None:
    stock = sheet(
        [["仓库库存"], ["产品编码", "产品名称", "可用库存（箱）"], ["SP-A1-800", A1[0], 12]]
    )
    comes(house, at(10), announces("收件人：区域经理、财务部\n内部资料，请勿外传"))
    assert sorted(sent(house)) == sorted([BEI, NAN, FINANCE])
    orders = sheet(order("N101", [(A1, 3, "现金")]))
    consumers = sheet(
        [["消费者名单"], ["姓名", "电话", "门店", "产品"], ["王芳", "13900001111", "一店", A1[0]]]
    )
    for data, said in ((stock, "内部报表"), (consumers, "消费者的个人信息")):
        subject = f"公告：{said}"
        comes(
            house,
            at(10, "11:00"),
            announces("收件人：北区", subject=subject, files=(("表.xlsx", data),)),
        )
        assert said in words(letters(house, ASSISTANT)[-1])
    comes(
        house,
        at(10, "12:00"),
        announces("收件人：客服、北区经理", subject="公告：名单", files=(("表.xlsx", consumers),)),
    )
    assert "消费者的个人信息" in words(letters(house, ASSISTANT)[-1])
    assert len(sent(house)) == 3
    comes(
        house,
        at(10, "13:00"),
        announces("收件人：北区经理", subject="公告：样表", files=(("表.xlsx", orders),)),
    )
    assert files_of(announced(house)[BEI]) == [("表.xlsx", orders)]
    assert house.rows("orders") == []


def test_an_admin_announces_to_his_own_regions_at_once(house: House) -> None:
    comes(
        house,
        at(10),
        announces("发给：所有经销商、区域经理\n\n本月盘点提前", sender=FAR, subject="【通知】盘点"),
    )
    assert sorted(sent(house)) == [NAN, S201]
    assert "清河市童心食品经营部" in words(announced(house)[NAN])
    assert "已发给 2 个人" in words(letters(house, FAR)[-1])
    assert house.rows("cases") == []
    comes(house, at(10, "11:00"), reply(announced(house)[S201], "收到", S201))
    assert [m["reason"] for m in house.rows("mails")][-1] == "announcement-confirmed"
    assert reached(house)[S201] == "told"


def test_a_correction_takes_its_place_and_is_confirmed_anew(house: House) -> None:
    comes(house, at(10), announces("收件人：北区经理、N101\n请确认\n第一版", files=(POLICY,)))
    first = announced(house)
    comes(house, at(10, "10:10"), reply(first[BEI], "收到", BEI))
    told = letters(house, ASSISTANT)[-1]
    text = "更正\n收件人：N102\n\n第二版"
    comes(house, at(10, "10:20"), reply(told, text, ASSISTANT, quote=True))
    second = announced(house)
    assert {a for a, m in second.items() if "第二版" in words(m)} == {BEI, N101, N102}
    assert all("以这一份为准" in words(m) for m in second.values())
    assert all("公告更正：十一月政策" in m["Subject"] for m in second.values())
    assert files_of(second[BEI]) == []
    assert set(reached(house).values()) == {"waiting"}
    # What is said of the first version is not said of the one that holds.
    comes(house, at(10, "10:30"), reply(first[N101], "收到", N101))
    assert reached(house)[N101] == "waiting"
    assert "更正前的那一份" in words(letters(house, N101)[-1])
    assert letters(house, ASSISTANT)[-1]["Subject"].startswith("Re: 公告已发出")
    comes(house, at(10, "10:35"), reply(second[N101], "收到", N101, subject="答复"))
    assert reached(house)[N101] == "confirmed"
    fresh = announces("改过的正文", subject=f"公告更正 {NUMBER}：十一月政策（终版）")
    comes(house, at(10, "10:40"), fresh)
    assert "十一月政策（终版）" in announced(house)[N102]["Subject"]
    assert [(a["revision"], a["state"]) for a in rows(house)] == [
        *((1, "superseded"), (2, "superseded"), (3, "open")),
    ]


def test_a_correction_that_is_given_up_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    house = with_people(build_house(tmp_path / "house", ASKS))
    comes(house, at(10), announces("收件人：区域经理\n请确认\n一"))
    comes(house, at(10, "10:05"), reply(letters(house, ASSISTANT)[-1], "发送", ASSISTANT))
    told = letters(house, ASSISTANT)[-1]
    comes(house, at(10, "10:10"), reply(told, "更正\n二", ASSISTANT))
    comes(house, at(10, "10:15"), reply(letters(house, ASSISTANT)[-1], "取消", ASSISTANT))
    assert (story(house)["state"], story(house)["revision"]) == ("open", 1)
    [case] = house.rows("cases")
    assert (case["state"], case["reason"]) == ("open", "announcement-open")
    comes(house, at(12, "11:00"))
    assert sent(house) == [BEI, NAN, BEI, NAN]
    assert "一" in words(announced(house)[BEI])


def test_the_same_once_more_is_asked_about_and_not_sent_again_by_hand(house: House) -> None:
    comes(house, at(10), announces("收件人：区域经理\n一"))
    refused = house.run("redo", "1", "--reason", "x")
    assert refused.returncode == 1
    assert f"its announcement {NUMBER} is out" in refused.stderr
    comes(house, at(10, "10:10"), announces("收件人：区域经理\n一", subject="公告： 十一月政策"))
    assert f"和已经发出的 {NUMBER} 一模一样" in words(letters(house, ASSISTANT)[-1])
    assert sent(house) == [BEI, NAN]
    comes(house, at(10, "10:15"), reply(letters(house, ASSISTANT)[-1], "发送", ASSISTANT))
    assert sent(house) == [BEI, NAN, BEI, NAN]


def test_what_comes_with_an_answer_goes_to_its_sender(house: House) -> None:
    comes(house, at(10), announces("收件人：N101\n请确认\n填好回执寄回"))
    back = reply(announced(house)[N101], "收到", N101)
    message = message_from_bytes(back, policy=default)
    assert isinstance(message, EmailMessage)
    files = (("回执.pdf", b"%PDF-1.4 signed"), ("回执.xlsx", sheet([["回执"], ["已张贴", "是"]])))
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    comes(house, at(10, "10:10"), message.as_bytes())
    [told] = [m for m in letters(house, ASSISTANT) if "回复了公告" in m["Subject"]]
    assert files_of(told) == list(files)
    assert reached(house) == {N101: "confirmed"}


def rows(house: House) -> list[dict[str, Any]]:
    lines = house.run("list", "announcements", "--json").stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_its_sender_closes_it_and_nobody_is_reminded(house: House) -> None:
    comes(house, at(10), announces("收件人：区域经理\n请确认\n一"))
    comes(house, at(10, "10:10"), reply(announced(house)[BEI], "结束", BEI))
    assert story(house)["state"] == "open"
    comes(house, at(10, "10:20"), reply(letters(house, ASSISTANT)[-1], "结束", ASSISTANT))
    assert "公告已结束" in letters(house, ASSISTANT)[-1]["Subject"]
    comes(house, at(17), reply(announced(house)[NAN], "got it", NAN))
    assert reached(house) == {BEI: "waiting", NAN: "confirmed"}
    assert sent(house) == [BEI, NAN]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]


def test_an_operator_closes_it_by_its_case(house: House) -> None:
    comes(house, at(10), announces("收件人：区域经理\n请确认\n一"))
    shown = json.loads(house.run("show", "case", NUMBER, "--json").stdout)
    assert (shown["case"]["state"], len(shown["people"])) == ("open", 2)
    assert "token" not in json.dumps(shown)
    comes(house, at(10, "17:40"))
    assert "公告还有人没确认" in words(letters(house, ADMIN, "日报")[-1])
    assert house.run("close", "case", NUMBER, "--reason", "电话里都说了").returncode == 0
    comes(house, at(17))
    assert sent(house) == [BEI, NAN]
    assert (story(house)["state"], house.rows("cases")[0]["state"]) == ("closed", "closed")
    again = house.run("close", "announcement", "GG261110-0009", "--reason", "x")
    assert again.returncode == 1
    assert "there is none" in again.stderr


def test_no_word_and_other_people_meanwhile_send_nothing(tmp_path: Path) -> None:
    house = with_people(build_house(tmp_path / "house", ASKS))
    comes(house, at(10), announces("收件人：区域经理\n一"))
    [asked] = letters(house, ASSISTANT)
    comes(house, at(10, "10:10"), reply(asked, "取消", ASSISTANT))
    assert "没有发出去" in words(letters(house, ASSISTANT)[-1])
    comes(house, at(10, "10:20"), reply(asked, "发送", ASSISTANT))
    assert "已经处理过" in words(letters(house, ASSISTANT)[-1])
    comes(house, at(10, "10:30"), announces("收件人：区域经理\n二", subject="公告：第二份"))
    second = letters(house, ASSISTANT)[-1]
    more = ("regional_manager", "新经理", "new.manager@songping.example", "北区", "")
    write_register(house.folder, "staff", (*PEOPLE, more))
    comes(house, at(10, "10:40"), reply(second, "发送", ASSISTANT))
    assert "请把公告重新发一封" in words(letters(house, ASSISTANT)[-1])
    # Nobody else's word sends it.
    comes(house, at(10, "10:50"), announces("收件人：区域经理\n三", subject="公告：第三份"))
    third = letters(house, ASSISTANT)[-1]
    comes(house, at(10, "10:55"), reply(third, "发送", BEI), reply(third, "发送", FAR))
    assert sent(house) == []
    comes(house, at(10, "11:00"), reply(third, "发送", ASSISTANT))
    assert len(sent(house)) == 3


def test_a_letter_that_comes_back_is_shown_as_not_delivered(house: House) -> None:
    comes(house, at(10), announces("收件人：北区经理、N101\n请确认\n一"))
    lost = announced(house)[N101]
    comes(house, at(10, "10:10"), report(N101, lost["Message-ID"], said="552 mailbox full"))
    assert reached(house) == {BEI: "waiting", N101: "lost"}
    told = [m for m in letters(house, ASSISTANT) if "公告有人没收到" in m["Subject"]]
    assert [("mailbox full" in words(m), N101 in words(m), BEI in words(m)) for m in told] == [
        (True, True, False)
    ]
    comes(house, at(12, "11:00"), reply(told[0], "状态", ASSISTANT), mail(GM, f"状态 {NUMBER}", ""))
    for status in (letters(house, ASSISTANT)[-1], letters(house, GM)[-1]):
        assert "没送到 1 位，没确认 1 位" in words(status)
    # What came back is told once; a reminder that comes back is news of another one.
    comes(house, at(17), report(BEI, announced(house)[BEI]["Message-ID"]))
    assert reached(house) == {BEI: "lost", N101: "lost"}
    told = [m for m in letters(house, ASSISTANT) if "公告有人没收到" in m["Subject"]]
    assert [N101 in words(m) for m in told] == [True, False]
    assert sorted(sent(house)) == sorted([BEI, BEI, N101])


def test_more_people_than_a_letter_has_room_for_stand_in_its_sheet(tmp_path: Path) -> None:
    house = with_people(build_house(tmp_path / "house", CONFIG + "announcements: {at_once: 200}\n"))
    first = next(row for row in CUSTOMERS if row[0] == "N101")
    many = tuple(
        (f"N{n}", f"第{n}家母婴店", "", *first[3:5], f"n{n}@many.example", *first[6:])
        for n in range(201, 326)
    )
    write_register(house.folder, "customers", (*CUSTOMERS, *many))
    comes(house, at(10), announces("收件人：北区经销商\n请确认\n一"))
    [told] = letters(house, ASSISTANT)
    people = [row[1] for row in sheet_of(told)[1:]]
    assert len(sent(house)) == len(people) > len(many)
    assert sorted(people) == sorted(sent(house))
    comes(house, at(10, "10:10"), reply(told, "状态", ASSISTANT))
    status = letters(house, ASSISTANT)[-1]
    assert "全部名单见附件" in words(status)
    rows = {row[1]: row[2] for row in sheet_of(status)[1:]}
    assert rows == dict.fromkeys(people, "没确认")


def sheet_of(letter: EmailMessage) -> list[tuple[Any, ...]]:
    [attached] = letter.iter_attachments()
    book = load_workbook(BytesIO(attached.get_content()))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_who_left_is_written_to_no_more_and_who_came_is_not_added(house: House) -> None:
    comes(house, at(10), announces("收件人：区域经理、N101\n请确认\n一"))
    gone = [row for row in CUSTOMERS if row[0] != "N101"]
    more = ("regional_manager", "新经理", "new.manager@songping.example", "北区", "")
    write_register(house.folder, "staff", (*PEOPLE, more))
    write_register(house.folder, "customers", tuple(gone))
    comes(house, at(12, "11:00"))
    assert sorted(sent(house)) == sorted([BEI, BEI, NAN, NAN, N101])


def test_an_unproven_answer_counts_by_the_sign_of_its_own_letter_alone(tmp_path: Path) -> None:
    config = CONFIG.replace("trust: from", "trust: verified")
    house = with_people(build_house(tmp_path / "house"))
    comes(house, at(10), announces("收件人：区域经理\n请确认\n一"))
    (house.folder / "config.yaml").write_text(config, encoding="utf-8")
    theirs = announced(house)
    bare = reply(theirs[BEI], "收到", BEI, subject=f"Re: {NUMBER}")
    other = TOKEN.findall(theirs[NAN]["Subject"])[0]
    stolen = reply(theirs[BEI], "收到", BEI, subject=f"Re: [{NUMBER} #{other}]", refers=False)
    comes(house, at(10, "10:10"), bare, stolen)
    assert set(reached(house).values()) == {"waiting"}
    comes(house, at(10, "10:20"), reply(theirs[BEI], "收到", BEI))
    assert reached(house) == {BEI: "confirmed", NAN: "waiting"}


POINTS = ("announcement.proposed", "announcement.made", "question.put", "work.before-commit:2")
ANSWERS = ("announcement.confirmed", "announcement.ended", "deal.performed")


def played(folder: Path, at_word: str = "", at_end: str = "", at_clock: str = "") -> dict[str, Any]:
    """Asked, sent, one reminded, both confirmed; killed where it is said and started again."""
    house = with_people(build_house(folder, ASKS))
    killed = False

    def step(now: str, point: str, *raw: bytes) -> None:
        nonlocal killed
        for n, each in enumerate(raw):
            house.put(f"{now[8:16].replace(':', '')}{n}", each)
        if point:
            done = house.once(now, MAILFLOW_FAILPOINT=point)
            killed = killed or done.returncode == -signal.SIGKILL
        assert house.once(now).returncode == 0

    is_asking = at_word in ("announcement.proposed", "question.put", "work.before-commit:2")
    text = announces("收件人：区域经理、北区经理\n请确认\n一", files=(POLICY,))
    step(at(10), at_word if is_asking else "", text)
    asked = letters(house, ASSISTANT)[0]
    step(at(10, "10:10"), "" if is_asking else at_word, reply(asked, "发送", ASSISTANT))
    step(at(10, "10:20"), "", reply(announced(house)[NAN], "ok", NAN))
    step(at(12, "10:30"), at_clock)
    step(at(12, "10:40"), at_end, reply(announced(house)[BEI], "收到", BEI))
    step(at(12, "10:50"), "")
    assert killed == bool(at_word or at_end or at_clock)
    assert reached(house) == {BEI: "confirmed", NAN: "confirmed"}
    assert sorted(sent(house)) == sorted([BEI, BEI, NAN])
    state = house.end_state()
    state["outbox"] = sorted(to for _, to in state["outbox"])
    return state


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "killed",
    [
        *({"at_word": p} for p in POINTS),
        *({"at_end": p} for p in ANSWERS),
        {"at_clock": "reminder.queued"},
    ],
    ids=lambda killed: ".".join(killed.values()),
)
def test_a_kill_on_the_way_leaves_the_same_end_state(
    killed: dict[str, str], undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    assert played(tmp_path / "killed", **killed) == undisturbed


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return played(tmp_path_factory.mktemp("undisturbed"))
