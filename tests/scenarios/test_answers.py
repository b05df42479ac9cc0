"""Questions that went out by mail are answered by mail: the right word of the right person decides,
and nothing else does."""

from __future__ import annotations

import signal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, mail, order, sheet
from mailflow.commands.demo_desk.registers import STAFF, write_register
from tests.scenarios.asked_for import with_files
from tests.scenarios.house import LATER, House, build_house, some_mails
from tests.scenarios.replies import (
    ADMIN,
    BEI,
    FINANCE,
    GM,
    TOKEN,
    letters,
    lists_of,
    order_state,
    question,
    reply,
    words,
)

NEXT, THEN, LATE = LATER[0], LATER[1], "2026-11-18T09:00:00+08:00"
NUMBER = "DD261110-0001"


def house_with(folder: Path, *names: str) -> House:
    house = build_house(folder)
    for name, raw in some_mails(*names).items():
        house.put(name, raw)
    assert house.once().returncode == 0
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return house_with(tmp_path / "house", "11-over-credit")


def say(house: House, *raw: bytes, now: str = NEXT) -> None:
    for number, each in enumerate(raw):
        house.put(f"answer-{now[-14:-9].replace(':', '')}-{number}", each)
    done = house.once(now)
    assert done.returncode == 0, done.stdout + done.stderr


def last(house: House, to: str) -> EmailMessage:
    return letters(house, to)[-1]


def reasons(house: House) -> list[str]:
    return [m["reason"] for m in house.rows("mails")]


def nothing_moved(house: House, state: str = "held") -> bool:
    return order_state(house) == [state] and not lists_of(house)


@pytest.mark.fault("P01")
def test_the_letter_that_asks_has_buttons_with_the_answer_written(house: House) -> None:
    asked = question(house, FINANCE)
    assert f"[{NUMBER} #" in asked["Subject"]
    assert asked["Reply-To"] is None
    html = asked.get_body(("html",))
    assert html is not None
    for text in (words(asked), html.get_content().replace("&amp;", "&")):
        assert "mailto:orders@songping.example?subject=Re%3A%20%5B" in text
        assert "&body=%E5%90%8C%E6%84%8F" in text
        assert "&body=%E4%B8%8D%E5%90%8C%E6%84%8F" in text


@pytest.mark.fault("P06")
def test_a_yes_releases_the_order_as_an_operator_does(house: House) -> None:
    say(house, reply(question(house, FINANCE), "同意", FINANCE))
    assert order_state(house) == ["accepted"]
    assert [m["state"] for m in lists_of(house)] == ["accepted"]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    assert reasons(house) == ["settled-by-hand", "approval-applied"]
    told = last(house, BEI)
    assert told["Subject"].startswith("Re: 亲贝订单 ")
    assert told["In-Reply-To"].endswith("@songping.example>")
    done = last(house, FINANCE)
    assert done["Auto-Submitted"] == "auto-replied"
    assert TOKEN.search(done["Subject"]) is None
    assert "清单已发仓库" in words(done)


def test_a_no_closes_it_and_its_manager_hears_why(house: House) -> None:
    say(house, reply(question(house, FINANCE), "不同意\n上月货款还没有到", FINANCE))
    assert order_state(house) == ["closed"]
    assert not lists_of(house)
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    told = last(house, BEI)
    assert NUMBER in told["Subject"]
    assert "上月货款还没有到" in words(told)
    assert "不发货" in words(last(house, FINANCE))


@pytest.mark.fault("P08")
@pytest.mark.parametrize(
    "text",
    [
        "同意，但数量改为50",
        "同意\n但数量改为50箱",
        "同意吗？",
        "看看再说",
        "同意 不同意",
        "",
        "接受",
        "> 同意",
    ],
)
def test_anything_more_or_else_is_asked_back(house: House, text: str) -> None:
    say(house, reply(question(house, FINANCE), text, FINANCE))
    assert nothing_moved(house)
    back = last(house, FINANCE)
    assert "没看懂" in words(back)
    token = TOKEN.search(question(house, FINANCE)["Subject"])
    assert token is not None
    assert token[0] in back["Subject"]
    assert {"answer-unclear"} <= {c["reason"] for c in house.rows("cases")}
    say(house, reply(back, "同意", FINANCE), now=THEN)
    assert order_state(house) == ["accepted"]
    assert {c["state"] for c in house.rows("cases")} == {"closed"}


@pytest.mark.fault("P09")
@pytest.mark.parametrize("how", ["token", "headers", "number", "token below", "quoted token"])
def test_an_answer_is_filed_by_whatever_a_program_left_of_it(house: House, how: str) -> None:
    asked = question(house, FINANCE)
    found = TOKEN.search(asked["Subject"])
    assert found is not None
    raw = {
        "token": reply(asked, "OK", FINANCE, refers=False),
        "headers": reply(asked, "OK", FINANCE, subject="回复"),
        "number": reply(asked, "OK", FINANCE, subject=f"关于 {NUMBER}", refers=False),
        "token below": reply(asked, f"OK\n\n--\n{found[0]}", FINANCE, subject="回复", refers=False),
        "quoted token": reply(asked, "OK", FINANCE, subject="回复", refers=False, quote=True),
    }[how]
    say(house, raw)
    if how == "token below":
        # More than a word stands there: never guessed.
        assert "没看懂" in words(last(house, FINANCE))
    else:
        assert order_state(house) == ["accepted"]


@pytest.mark.fault("P06")
def test_somebody_else_is_told_whose_it_is(house: House) -> None:
    say(house, *(reply(question(house, FINANCE), "同意", who) for who in (GM, BEI)))
    assert nothing_moved(house)
    for who in (GM, BEI):
        assert "财务部" in words(last(house, who))
    assert reasons(house)[1:] == ["answer-not-asked"] * 2


@pytest.mark.fault("P06")
def test_a_stranger_with_the_token_is_nobody(house: House) -> None:
    say(house, reply(question(house, FINANCE), "同意", "finance@songping.example.evil.example"))
    assert nothing_moved(house)
    assert reasons(house)[1:] == ["stranger"]
    assert TOKEN.search(str(house.rows("mails"))) is None


@pytest.mark.fault("P04")
def test_the_second_answer_learns_of_the_first(house: House) -> None:
    asked = question(house, FINANCE)
    say(house, reply(asked, "同意", FINANCE))
    say(house, reply(asked, "不同意", FINANCE), now=THEN)
    assert order_state(house) == ["accepted"]
    told = words(last(house, FINANCE))
    assert "财务部" in told
    assert "同意" in told
    assert reasons(house)[-1] == "answer-again"


@pytest.mark.fault("P10")
def test_two_answers_in_one_pass_decide_once(house: House) -> None:
    asked = question(house, FINANCE)
    say(house, reply(asked, "同意", FINANCE), reply(asked, "不同意", FINANCE))
    assert sorted(reasons(house)[1:]) == ["answer-again", "approval-applied"]
    assert len(lists_of(house)) == (order_state(house) == ["accepted"])


@pytest.mark.fault("P05")
def test_a_late_answer_changes_nothing_and_says_so(house: House) -> None:
    asked = question(house, FINANCE)
    say(house, reply(asked, "同意", FINANCE), now=LATE)
    assert nothing_moved(house)
    assert "期限" in words(last(house, FINANCE))
    say(house, reply(asked, "OK", FINANCE), now="2026-11-18T09:05:00+08:00")
    assert nothing_moved(house)


@pytest.mark.fault("P07")
def test_what_was_decided_by_hand_meanwhile_is_not_decided_again(house: House) -> None:
    assert house.run("close", "order", NUMBER, "--reason", "called").returncode == 0
    say(house, reply(question(house, FINANCE), "同意", FINANCE))
    assert nothing_moved(house, "closed")
    assert reasons(house)[-1] == "answer-superseded"


@pytest.mark.fault("P07")
def test_another_revision_has_another_question(house: House) -> None:
    before = question(house, FINANCE)
    assert house.run("redo", "M1", "--reason", "again").returncode == 0
    assert house.once(NEXT).returncode == 0
    say(house, reply(before, "同意", FINANCE, refers=False), now=THEN)
    assert "accepted" not in order_state(house)
    assert reasons(house)[-1] == "answer-superseded"


@pytest.mark.fault("P02")
@pytest.mark.parametrize(
    "marks",
    [{"Auto_Submitted": "auto-replied"}, {"X_QQ_AUTO_REPLY": "true"}, {"List_Id": "<a.b.example>"}],
)
def test_automatic_mails_decide_nothing(house: House, marks: dict[str, Any]) -> None:
    before = len(letters(house))
    say(house, reply(question(house, FINANCE), "同意", FINANCE, **marks))
    assert nothing_moved(house)
    assert len(letters(house)) == before


@pytest.mark.fault("P03")
def test_a_forged_token_is_asked_about_whatever_else_fits(house: House) -> None:
    asked = question(house, FINANCE)
    say(house, reply(asked, "同意", FINANCE, subject=f"Re: [{NUMBER} #{'A' * 20}]"))
    assert nothing_moved(house)
    assert "对不上" in words(last(house, FINANCE))


def test_a_token_and_a_number_that_disagree_are_asked_about(house: House) -> None:
    asked = question(house, FINANCE)
    other = asked["Subject"].replace(NUMBER, "DD261110-0099")
    say(house, reply(asked, "同意", FINANCE, subject=f"Re: {other}"))
    assert nothing_moved(house)
    assert "对不上" in words(last(house, FINANCE))


def test_an_order_in_review_is_asked_of_the_sales_admin_at_once(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "13-not-entitled")
    asked = question(house, ADMIN)
    say(house, reply(asked, "同意", ADMIN))
    assert order_state(house) == ["accepted"]
    # Its manager hears of it, not he who ordered in his place.
    assert "[DD261110-0001]" in last(house, "nan.manager")["Subject"]


def test_who_ordered_for_another_hears_that_it_was_refused(tmp_path: Path) -> None:
    house = house_with(tmp_path / "house", "13-not-entitled")
    say(house, reply(question(house, ADMIN), "不同意", ADMIN))
    assert order_state(house) == ["closed"]
    told = {m["recipient"] for m in house.rows("messages") if m["notice"] == "order-refused"}
    assert told == {BEI, "nan.manager@songping.example"}
    assert "代奶香下单" in last(house, BEI)["Subject"]


@pytest.mark.fault("P08")
def test_a_yes_above_a_sheet_is_asked_for_by_itself(house: House) -> None:
    rows = [("日期", "经销商", "回款金额"), ("2026-11-10", "云岭市亲贝孕婴用品店", 1000)]
    yes = with_files(
        reply(question(house, FINANCE), "同意", FINANCE), ("回款.xlsx", sheet(rows, "回款"))
    )
    say(house, yes)
    assert nothing_moved(house)
    back = last(house, FINANCE)
    assert "带着附件" in words(back)
    say(house, reply(back, "同意，谢谢", FINANCE), now=THEN)
    assert order_state(house) == ["accepted"]


def test_a_change_in_words_is_not_made_and_its_sender_hears_it(house: House) -> None:
    say(house, reply(last(house, BEI), "麻烦改成50箱", BEI))
    assert nothing_moved(house)
    back = last(house, BEI)
    assert "没有办" in words(back)
    assert f"[{NUMBER}]" in back["Subject"]


def test_talk_in_a_thread_is_no_answer(house: House) -> None:
    answer = last(house, BEI)
    say(house, reply(answer, "谢谢，知道了", BEI))
    assert nothing_moved(house)
    assert reasons(house)[-1] == "answer"


@pytest.mark.fault("K09", "P04")
@pytest.mark.parametrize("failpoint", ["question.answered", "deal.performed", "work.before-commit"])
def test_a_kill_while_an_answer_decides_changes_nothing(tmp_path: Path, failpoint: str) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", failpoint)):
        house = house_with(tmp_path / name, "11-over-credit")
        asked = question(house, FINANCE)
        house.put("answer", reply(asked, "同意", FINANCE))
        # The intake of the answer is the first commit of the pass.
        wish = f"{armed}:2" if armed == "work.before-commit" else armed
        done = house.once(NEXT, MAILFLOW_FAILPOINT=wish)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        for later in LATER:
            assert house.once(later).returncode == 0
        ends.append(house.end_state())
    assert ends[0] == ends[1]


@pytest.mark.fault("P12")
def test_lists_and_stories_show_no_token(house: House) -> None:
    token = TOKEN.search(question(house, FINANCE)["Subject"])
    assert token is not None
    shown = (
        house.run("list", "messages", "--json").stdout + house.run("show", "order", NUMBER).stdout
    )
    assert token[1] not in shown


def test_where_two_must_agree_both_do(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    both = sheet(order("N103", [(A1, 20, "现金"), (A2, 3, "费用")]))
    house.put("both", mail(BEI, "亲贝大单", "请安排", ("亲贝.xlsx", both)))
    assert house.once().returncode == 0
    say(house, reply(question(house, FINANCE), "同意", FINANCE))
    assert nothing_moved(house)
    assert "市场部总经理" in words(last(house, FINANCE))
    assert [c["waits_on"] for c in house.rows("cases")] == ["marketing_gm"]
    say(house, reply(question(house, GM), "批准", GM), now=THEN)
    assert order_state(house) == ["accepted"]
    assert len(lists_of(house)) == 1


def test_a_no_of_one_ends_it_for_the_other(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    both = sheet(order("N103", [(A1, 20, "现金"), (A2, 3, "费用")]))
    house.put("both", mail(BEI, "亲贝大单", "请安排", ("亲贝.xlsx", both)))
    assert house.once().returncode == 0
    other = question(house, GM)
    say(house, reply(question(house, FINANCE), "不同意", FINANCE), reply(other, "同意", GM))
    assert nothing_moved(house, "closed")


def test_loose_tins_asked_for_go_as_a_special_release(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    rows = order("N101", [(A1, 10, "现金"), (A2, 10, "现金")])
    rows[8] = (2, A2[0], "800g*6听/箱", "10箱3听", 188, 11844, "现金", "门店急用，要散听")
    rows[9] = ("合计", "", "", "", "", 23724, "", "")
    house.put("loose", mail(BEI, "小叶子散听", "请安排", ("小叶子.xlsx", sheet(rows))))
    assert house.once().returncode == 0
    assert order_state(house) == ["review"], words(last(house, BEI))
    say(house, reply(question(house, ADMIN), "同意", ADMIN))
    assert order_state(house) == ["accepted"]
    assert "特批" in words(letters(house, "warehouse@")[-1])


@pytest.mark.fault("P11")
def test_whoever_lost_his_part_decides_nothing(house: House) -> None:
    asked = question(house, FINANCE)
    staff = [row for row in STAFF if row[0] != "finance"]
    staff += [
        ("finance", "新财务", "finance2@songping.example", "", ""),
        ("logistics", "财务部", FINANCE, "", ""),
    ]
    write_register(house.folder, "staff", staff)
    say(house, reply(asked, "同意", FINANCE))
    assert nothing_moved(house)
    assert reasons(house)[-1] == "answer-not-asked"
