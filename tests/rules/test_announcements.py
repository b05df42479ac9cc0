"""Who gets an announcement is told by names alone, each once, whatever names him; the rest is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.answer import Said
from mailflow.domain.document import Reading
from mailflow.domain.facts import Sender
from mailflow.domain.mail import Head, MailKind, Trust
from mailflow.domain.money import ZERO
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Customer, Person, Register, Role, ShipTo
from mailflow.parsers.answers import said_in
from mailflow.rules.announcement_answers import Response, closes, response_to, sends
from mailflow.rules.announcement_people import Named, named_by
from mailflow.rules.announcement_words import announced


def customer(code: str, region: str, email: str = "", aliases: tuple[str, ...] = ()) -> Customer:
    name = f"{region}市{code}母婴有限公司"
    manager = f"{'bei' if region == '华北' else 'dong'}@h.example"
    money = (ZERO, ZERO, ZERO)
    return Customer(code, name, aliases, region, manager, email, ShipTo(), *money)


BEI = Person(Role.REGIONAL_MANAGER, "王北", "bei@h.example", ("华北",))
DONG = Person(Role.REGIONAL_MANAGER, "East Manager", "dong@h.example", ("华东",), "en")
ADMIN = Person(Role.SALES_ADMIN, "何销管", "he@h.example", ("华北",))
STORE = Person(Role.WAREHOUSE, "中心仓", "store@h.example")
MONEY = Person(Role.FINANCE, "财务部", "money@h.example")
ASSISTANT = Person(Role.MARKETING_ASSISTANT, "林市场", "lin@h.example")
BOTH = Person(Role.CUSTOMER_SERVICE, "李客服", "both@dealer.example", ("华东",))
STAFF = (BEI, DONG, ADMIN, STORE, MONEY, ASSISTANT, BOTH)
CUSTOMERS = (
    customer("HE1000", "华北", "he1000@dealer.example", ("贝乐",)),
    customer("HE1001", "华北", "HE1000@dealer.example"),
    customer("HE1002", "华北"),
    customer("SH2000", "华东", "sh2000@dealer.example", ("小叶子",)),
    customer("SH2001", "华东", "both@dealer.example", ("贝乐",)),
)
LEXICON = Lexicon(Register(customers=CUSTOMERS, staff=STAFF))
OWN = "orders@h.example"


def of(person: Person) -> Sender:
    return Sender(person.email, Trust.A, (person,))


def named(*wanted: str, by: Person = ASSISTANT) -> Named:
    return named_by(wanted, of(by), LEXICON, (OWN,))


def addresses(*wanted: str, by: Person = ASSISTANT) -> set[str]:
    found = named(*wanted, by=by)
    assert found.wrong == ()
    return {p.address.casefold() for p in found.people}


NORTH = {BEI.email, "he1000@dealer.example"}
EAST = {DONG.email, "sh2000@dealer.example", BOTH.email}
MANAGERS = {BEI.email, DONG.email}
DEALERS = {"he1000@dealer.example", "sh2000@dealer.example", BOTH.email, BEI.email}


@pytest.mark.parametrize(
    ("wanted", "whom"),
    [
        ("华北", NORTH),
        ("华北区", NORTH),
        ("华东大区", EAST),
        ("区域经理", MANAGERS),
        ("各区域经理", MANAGERS),
        ("所有区域经理", MANAGERS),
        ("regional managers", MANAGERS),
        ("All managers", MANAGERS),
        ("经销商", DEALERS),
        ("全部经销商", DEALERS),
        ("distributors", DEALERS),
        ("华东经销商", {"sh2000@dealer.example", BOTH.email}),
        ("华东的所有经销商", {"sh2000@dealer.example", BOTH.email}),
        ("华东 区域经理", {DONG.email}),
        ("经销商 SH2000", {"sh2000@dealer.example"}),
        ("sh2000", {"sh2000@dealer.example"}),
        ("小叶子", {"sh2000@dealer.example"}),
        ("HE1000 SH2000", {"he1000@dealer.example", "sh2000@dealer.example"}),
        ("HE1002", {BEI.email}),
        ("王北", {BEI.email}),
        ("区域经理 王北", {BEI.email}),
        ("East Manager", {DONG.email}),
        ("DONG@h.example", {DONG.email}),
        ("财务部", {MONEY.email}),
        ("仓库", {STORE.email}),
        ("员工", {p.email for p in STAFF} - {ASSISTANT.email}),
        ("全部", ({p.email for p in STAFF} | DEALERS) - {ASSISTANT.email}),
    ],
)
def test_a_name_means_just_these(wanted: str, whom: set[str]) -> None:
    assert addresses(wanted) == whom


@pytest.mark.parametrize(
    ("wanted", "variant"),
    [
        ("华中", "unknown"),
        ("王北方", "unknown"),
        ("华北除HE1000外", "unknown"),
        ("华北（不含贝乐）", "unknown"),
        ("张三", "unknown"),
        ("经销商 贝乐", "several"),
        ("贝乐", "several"),
        ("林市场", "nobody"),
        ("设计师", "nobody"),
        ("lin@h.example", "nobody"),
        ("nobody@street.example", "unknown"),
    ],
)
def test_what_names_nobody_or_several_is_said(wanted: str, variant: str) -> None:
    assert [f.variant for f in named(wanted).wrong] == [variant]


def test_one_that_is_not_certain_is_said_beside_those_that_are() -> None:
    assert [f.found for f in named("华东", "华中", "贝乐").wrong] == ["华中", "贝乐"]


def test_no_name_at_all_is_said() -> None:
    assert [f.variant for f in named().wrong] == ["missing"]


def test_an_admin_announces_to_his_own_regions() -> None:
    assert addresses("经销商", by=ADMIN) == {"he1000@dealer.example", BEI.email}
    assert addresses("区域经理", by=ADMIN) == {BEI.email}
    assert addresses("全部", by=ADMIN) == {*NORTH, STORE.email, MONEY.email, ASSISTANT.email}
    for other in ("华东", "SH2000", "East Manager", "李客服"):
        assert [f.variant for f in named(other, by=ADMIN).wrong] == ["not-yours"]
    assert addresses("华东", by=replace(ASSISTANT, regions=())) == EAST
    part = replace(ASSISTANT, regions=("华北",))
    assert [f.variant for f in named("华东", by=part).wrong] == ["not-yours"]


NAMES = ("华北", "华东", "区域经理", "经销商", "全部", "王北", "HE1000", "HE1001", "HE1002", "小叶子", "华东经销商", "员工", "dong@h.example")  # fmt: skip


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8))
def test_each_gets_it_exactly_once_whatever_overlaps(wanted: list[str]) -> None:
    people = named(*wanted).people
    found = [p.address.casefold() for p in people]
    assert len(found) == len(set(found))
    assert set(found) == set().union(*(addresses(name) for name in wanted))
    assert not {OWN, ASSISTANT.email} & set(found)
    told = {name for p in people for name in p.relays}
    assert told <= {CUSTOMERS[2].name}
    assert all(p.is_staff for p in people if p.relays)


def reading(subject: str, body: str, kind: MailKind = MailKind.BUSINESS) -> Reading:
    return Reading(Head("lin@h.example", subject=subject, kind=kind), body=body)


def test_the_form_is_what_one_writes_by_hand() -> None:
    for subject, body in (
        ("公告：秋季政策", "收件人：华北、华东，区域经理\n请确认\n\n正文\n第二行"),
        ("【公告】秋季政策", "请确认\n发给: 华北; 华东/区域经理\n正文\n第二行"),
        ("通知 秋季政策", "需要确认：是\nTo：华北、\n华东、区域经理\n正文\n第二行\n"),
        ("公告：秋季政策（收件人：华北、华东、区域经理；请确认）", "正文\n第二行"),
        ("秋季政策", "公告\n范围：华北和华东\n收件人：区域经理\n请回复确认\n正文\n第二行"),
        ("Announcement: 秋季政策", "To: 华北, 华东 and 区域经理\nPlease confirm\n\n正文\n第二行"),
    ):
        found = announced(reading(subject, body))
        assert found is not None, subject
        assert found.title == "秋季政策"
        assert found.text == "正文\n第二行"
        assert found.wanted == ("华北", "华东", "区域经理")
        assert found.confirm is True


def test_internal_ahead_of_the_word_keeps_it_inside_and_elsewhere_it_says_nothing() -> None:
    for subject, body, is_internal in (
        ("内部公告：秋季政策", "收件人：华北\n正文", True),
        ("【内部通知】秋季政策", "收件人：华北\n正文", True),
        ("秋季政策", "内部公告\n收件人：华北\n正文", True),
        ("Internal notice: 秋季政策", "To: 华北\n正文", True),
        ("公告：秋季政策", "收件人：华北\n正文", False),
        ("公告：秋季政策", "内部培训照常\n收件人：华北\n正文", False),
    ):
        found = announced(reading(subject, body))
        assert found is not None, subject
        assert (found.title, found.is_internal) == ("秋季政策", is_internal), subject


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("内部培训通知仓库", "收件人：华北"),
        ("通知仓库发货", "收件人：华北"),
        ("关于公告的问题", "收件人：华北"),
        ("Re: 公告：秋季政策", "收件人：华北\n好的"),
        ("转发：公告：秋季政策", "收件人：华北"),
        ("Re: 上次的事", "公告：秋季政策\n收件人：华北\n正文"),
        ("订单", "您好\n公告：x"),
        ("更正：上月订单", "收件人：华北"),
        ("", ""),
    ],
)
def test_what_does_not_say_so_is_no_announcement(subject: str, body: str) -> None:
    assert announced(reading(subject, body)) is None


def test_what_is_asked_of_the_recipients_stands_above_the_text_alone() -> None:
    found = announced(
        reading("公告：a", "收件人：华北\n各位请确认收到后执行\n收件人：华东\n请确认")
    )
    assert found is not None
    assert (found.wanted, found.confirm) == (("华北",), None)
    assert found.text == "各位请确认收到后执行\n收件人：华东\n请确认"
    no = announced(reading("公告：a", "收件人：华北\n需要确认：否\n正文"))
    assert no is not None
    assert no.confirm is False


@pytest.mark.parametrize(
    "line",
    [
        *(
            "收到",
            "收到。",
            "已阅",
            "收到，谢谢！",
            "好的收到",
            "好的",
            "好的，已收到，谢谢",
            "已确认",
            "知道了",
            "确认收到",
        ),
        *("Confirmed", "received, thanks", "OK", "noted.", "Got it"),
    ],
)
def test_a_word_that_means_received_confirms_and_says_nothing_more(line: str) -> None:
    for text in (line, f"{line}\n谢谢", f"{line}\n--\n李某\n13900001111"):
        said = said_in("", text, "")
        assert response_to(said, ("李某",)) == Response(confirms=True, says=False), text


@pytest.mark.parametrize(
    ("text", "confirms"),
    [
        ("收到，我们会落实", True),
        ("收到\n我们明天开始执行", True),
        ("好的收到，已转发给门店", True),
        ("收到，但附件打不开", False),
        ("收到吗？", False),
        ("没收到附件", False),
        ("收到\n附件没有打开", False),
        ("未确认", False),
        ("不同意", False),
        ("请问什么时候开始？", False),
        ("received, but the file is broken", False),
        ("可以先不执行吗", False),
    ],
)
def test_other_words_are_told_to_its_sender_and_doubts_confirm_nothing(
    text: str, confirms: bool
) -> None:
    assert response_to(said_in("", text, "")) == Response(confirms, says=True)


def test_nothing_said_is_nothing() -> None:
    assert response_to(Said()) == Response(confirms=False, says=False)


def test_it_goes_or_ends_by_one_word_alone() -> None:
    assert [sends(said_in("", t, "")) for t in ("发送", "SEND", "同意", "取消", "不同意")] == [
        *(True, True, True, False, False),
    ]
    for text in ("发送吧", "发送\n先等等", "收到", "再发送一次", ""):
        assert sends(said_in("", text, "")) is None
    assert all(closes(said_in("", t, "")) for t in ("结束", "关闭。", "Close", "不用再催了"))
    assert not any(closes(said_in("", t, "")) for t in ("结束\n还有", "结束时间？", "收到"))
