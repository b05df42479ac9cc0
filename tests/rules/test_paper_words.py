"""Which papers the words of a mail ask for: the right one, or asked back; never another batch's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.answer import Said
from mailflow.domain.audience import Audience
from mailflow.domain.document import Reading
from mailflow.domain.mail import Head
from mailflow.domain.paper import Paper, is_below
from mailflow.rules.paper_words import meant_by, paper_asked
from tests.rules.desk import REGISTER

FIRST, SECOND = REGISTER.products[:2]


def paper(
    title: str, *batches: str, product: str = "", audience: Audience = Audience.PUBLIC
) -> Paper:
    return Paper(
        title=title, audience=audience, file=f"{title}.pdf", batches=batches, product=product
    )


ONE = paper("出厂检验报告", "B20260301", product=FIRST.sku)
TWO = paper("出厂检验报告", "B20260302", product=FIRST.sku)
OTHER = paper("质检报告", "C-26-7", product=SECOND.name)
LICENCE, FOOD = paper("营业执照"), paper("食品生产许可证")
PRICES, OLD = paper("价格表 2026-10"), paper("价格表 2026-09")
BROCHURE = paper("Product brochure 2026")
PAPERS = (ONE, TWO, OTHER, LICENCE, FOOD, PRICES, OLD, BROCHURE)


def asked(subject: str, first: str = "", *besides: str) -> str | None:
    head = Head("bei@x.example", subject=subject)
    said = Said(first=first, besides=besides)
    return paper_asked(Reading(head=head, documents=(), refused=(), said=said))


@pytest.mark.parametrize(
    ("subject", "lines"),
    [
        ("11月订单", ()),
        ("质检报告请查收", ()),
        ("质检报告已收到", ()),
        ("Re: 质检报告 B20260301", ()),
        ("质检报告 B20260301", ("请发一份", "另外上次的货有破损")),
        ("质检报告 B20260301", ("这批货有问题，什么时候能换？",)),
        ("营业执照更新了", ()),
        ("inspection report enclosed", ()),
        ("合同归档", ()),
        ("你好", ("最近怎么样",)),
        ("资料" + "很长" * 40, ()),
    ],
)
def test_is_silent_about_what_is_no_request(subject: str, lines: tuple[str, ...]) -> None:
    assert asked(subject, *lines) is None


@pytest.mark.parametrize(
    ("subject", "lines", "wanted"),
    [
        ("质检报告 B20260301", (), (ONE,)),
        ("请发一下批次B20260302的检验报告，谢谢", (), (TWO,)),
        ("质检报告", ("Ｂ２０２６０３０２",), (TWO,)),
        ("质检报告 B20260301", ("您好，", "请发一份", "谢谢"), (ONE,)),
        ("你好", ("麻烦发一下 C-26-7 的质检报告",), (OTHER,)),
        ("检测报告 B20260301 B20260302", (), (ONE, TWO)),
        ("营业执照", (), (LICENCE,)),
        ("请提供食品生产许可证", (), (FOOD,)),
        ("资料 价格表 2026-10", (), (PRICES,)),
        ("document product brochure 2026", (), (BROCHURE,)),
        ("请发2026-09的价格表资料", (), (OLD,)),
        ("Please send us the inspection report for batch b20260301", (), (ONE,)),
        (f"质检报告 {SECOND.name}", (), (OTHER,)),
    ],
)
def test_the_right_one_is_found(
    subject: str, lines: tuple[str, ...], wanted: tuple[Paper, ...]
) -> None:
    said = asked(subject, *lines)
    assert said is not None
    assert meant_by(said, PAPERS, REGISTER).sure == wanted


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("质检报告", {ONE, TWO, OTHER}),
        (f"质检报告 {FIRST.sku}", {ONE, TWO}),
        ("资料 价格表", {PRICES, OLD}),
        # Somebody else's report of the same batch is another paper.
        ("第三方检测报告 B20260301 B20260302", {ONE, TWO}),
        ("营业执照资料 生产许可证", set(PAPERS)),
    ],
)
def test_where_several_fit_it_is_asked_which(text: str, perhaps: set[Paper]) -> None:
    said = asked(text)
    assert said is not None
    meant = meant_by(said, PAPERS, REGISTER)
    assert meant.sure == ()
    assert set(meant.perhaps) <= perhaps
    assert len(meant.perhaps) != 1


@pytest.mark.parametrize(
    "text",
    [
        "质检报告 B20260399",
        "质检报告 批次 X1",
        "合格证 C-26-7 B20260399",
        "资料 羊奶粉手册",
        "质检报告 G2026-7",
    ],
)
def test_what_no_paper_is_about_is_not_there(text: str) -> None:
    said = asked(text)
    assert said is not None
    assert meant_by(said, PAPERS, REGISTER).sure == ()
    assert not any(p.batches for p in meant_by(said, PAPERS, REGISTER).perhaps)


@given(
    st.text("B0123456789", min_size=5, max_size=9),
    st.sampled_from(("质检报告 {}", "请发{}的检验报告", "批次 {} 合格证", "inspection report {}")),
)
def test_a_batch_never_gets_another_one_s_paper(batch: str, words: str) -> None:
    said = asked(words.format(batch)) or words.format(batch)
    for found in meant_by(said, PAPERS, REGISTER).sure:
        assert found.is_of_batch(batch)


@given(st.text("B0123456789", min_size=6, max_size=9))
def test_every_name_that_is_offered_is_found_again(batch: str) -> None:
    papers = (*PAPERS, paper("质检报告", f"Z{batch}", product=SECOND.sku))
    for each in papers:
        said = asked(f"资料 {each.name}")
        assert said is not None
        assert meant_by(said, papers, REGISTER).sure == (each,)


@pytest.mark.parametrize(
    "file",
    ["../a.pdf", "/etc/passwd", "a/../../b", "", "a//b", "a\\b", "C:/x", "a\n.pdf", ".", "a/.."],
)
def test_a_name_that_leads_out_is_none(file: str) -> None:
    assert not is_below(file)
    assert is_below("2026/质检 B1.pdf")
