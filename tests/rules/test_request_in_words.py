"""A form that stands in the mail itself, as a table, is read as one that is attached."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage

import pytest

from mailflow.domain.naming import KnownNames
from mailflow.parsers.reader import read_mail
from mailflow.rules.request_fields import answered_fields, told_fields
from mailflow.rules.request_words import request_wanted
from tests.rules.test_request_words import KINDS

KIND = next(kind for kind in KINDS if kind.code == "training")
TRAINING = (
    ("经销商", "小叶子", "培训日期", "2026-11-20"),
    ("人数", "30", "培训主题", "新品知识"),
    ("地点", "青禾市门店", "", ""),
)
TOLD = {
    **{"distributor": "小叶子", "wanted": "2026-11-20", "people": "30"},
    **{"topic": "新品知识", "place": "青禾市门店"},
}


def html(rows: tuple[tuple[str, ...], ...], title: str = "", above: str = "您好，请审批：") -> str:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    head = f"<tr><td colspan={len(rows[0])}>{title}</td></tr>" if title else ""
    return (
        f"<p>{above}</p><table>{head}{cells}</table><p>谢谢</p><p>--<br>北区经理<br>地点 | 电话</p>"
    )


def told(
    text: str = "", markup: str = "", subject: str = "请审批"
) -> tuple[str, Mapping[str, str]] | None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "o@b.example", subject
    if text or not markup:
        mail.set_content(text)
    if markup:
        (mail.add_alternative if text else mail.set_content)(markup, subtype="html")
    reading = read_mail(mail.as_bytes(), KnownNames())
    wanted = request_wanted(reading, KINDS)
    return (wanted.kind.code, told_fields(wanted.kind, reading, wanted.rest)) if wanted else None


@pytest.mark.parametrize(
    "markup",
    [
        html(
            (("产品", "批号"), ("优护1段", "B2026"), ("优护2段", "B2027")), above="这几批有问题吗"
        ),
        html((("经销商", "小叶子"), ("日期", "11月20日"))),
        html((("地点", "仓库"), ("人数", "3"), ("日期", "11月20日"))),
        html((("经销商", "小叶子"), ("情况", "正常"))),
        html((("姓名", "电话"), ("王某", "021-0000")), title="培训人员名单"),
    ],
    ids=["batches", "few", "two-kinds", "two-labels", "another-list"],
)
def test_a_table_of_something_else_asks_for_nothing(markup: str) -> None:
    assert told(markup=markup) is None


def test_a_form_that_is_quoted_is_not_asked_for_again() -> None:
    quoted = f"<blockquote>{html(TRAINING, title='培训申请表')}</blockquote>"
    head = "<p>------原始邮件------<br>发件人: a@b.example<br>主题: 请审批<br>收件人: o</p>"
    for above in ("<p>收到</p>", f"<p>收到</p>{head}"):
        assert told(markup=f"{above}{quoted}", subject="Re: 请审批") is None


def test_a_form_in_the_words_is_known_by_its_title_and_read_by_its_labels() -> None:
    assert told(markup=html(TRAINING, title="培训申请表")) == ("training", TOLD)


def test_without_a_title_it_is_one_where_all_that_is_needed_stands_there() -> None:
    damage = (("清单号", "FH261110-0001"), ("破损情况", "压坏3箱"), ("经销商", "小叶子"))
    assert told(markup=html(damage)) == (
        "damage",
        {"list": "FH261110-0001", "what": "压坏3箱", "distributor": "小叶子"},
    )


def test_what_stands_beside_labelled_lines_goes_on_with_them_and_beside_a_form_it_does_not() -> (
    None
):
    pairs = [pair for a, b, *more in TRAINING for pair in ((a, b), tuple(more)) if pair[0]]
    lines = "\n".join(f"{label}：{value}" for label, value in pairs)
    plain = f"张老师您好：\n\n{lines}\n投影仪请自带\n\n谢谢"
    assert told(text=plain, subject="申请 培训 双十二") == (
        "training",
        {**TOLD, "topic": "新品知识\n投影仪请自带"},
    )
    form = html(TRAINING, title="培训申请表")
    assert told(text=f"投影仪请自带\n{lines}", markup=form) == ("training", TOLD)


def test_an_answer_adds_to_what_was_told_and_takes_nothing_of_it_away() -> None:
    before = {"topic": "新品知识", "people": "30"}

    def after(text: str) -> Mapping[str, str]:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "a@b.example", "o@b.example", "Re: 培训申请"
        mail.set_content(text)
        return answered_fields(KIND, read_mail(mail.as_bytes(), KnownNames()), before)

    assert after("谢谢") == before
    assert after("您好，\n地点：青禾市门店") == {**before, "place": "青禾市门店"}
    assert after("地点 青禾市门店 二楼") == {**before, "place": "青禾市门店 二楼"}
    assert after("投影仪请自带\n新品知识") == {**before, "topic": "新品知识\n投影仪请自带"}
    assert after("主题：喂养知识\n人数：40") == {**before, "topic": "喂养知识", "people": "40"}


def test_plain_text_beside_the_markup_says_nothing_twice() -> None:
    """Programs write each row as a line, or each cell as one."""
    lines = "\n".join(" ".join(row) for row in TRAINING)
    cells = "\n".join(cell for row in TRAINING for cell in row if cell)
    for text in (lines, cells):
        plain = f"您好：\n\n请审批。\n{text}\n谢谢"
        found = told(text=plain, markup=html(TRAINING, title="培训申请表"))
        assert found == ("training", TOLD)


@pytest.mark.parametrize("gap", ["\t", "    ", " | "])
def test_a_table_of_plain_text_is_read_too(gap: str) -> None:
    rows = "\n".join(gap.join(filter(None, row[:2])) for row in TRAINING)
    found = told(text=f"您好，\n{rows}\n\n新品知识，讲两个小时", subject="申请 培训")
    assert found is not None
    kept = {name: found[1].get(name) for name in ("distributor", "people", "place", "topic")}
    assert kept == {
        **{"distributor": "小叶子", "people": "30", "place": "青禾市门店"},
        "topic": "新品知识，讲两个小时",
    }
