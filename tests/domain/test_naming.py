"""What a written name means, and that likeness never means anything."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain import naming
from mailflow.domain.branding import code_and_name_of
from mailflow.domain.naming import KnownNames, Lexicon, fits, normalised, pack_of
from mailflow.domain.packing import states_weight, without_pack
from mailflow.domain.register import PricePeriod, Product, Register
from mailflow.domain.spelling import is_shortening
from tests.rules import desk

LEXICON = desk.LEXICON


def skus(code: str | None = None, name: str | None = None, spec: str | None = None) -> list[str]:
    return [p.sku for p in LEXICON.products(code, name, spec)]


def customers(text: str) -> list[str]:
    return [c.code for c in LEXICON.customers_named(text)]


def hinted(text: str) -> list[str]:
    return [c.code for c in LEXICON.customers_within(text)]


def test_nothing_is_found_for_nothing() -> None:
    assert LEXICON.products(None, None, None) == ()
    assert LEXICON.customers_named("") == ()
    assert Lexicon(Register()).products("X", "Y", "Z") == ()


QUESTIONS = (
    (desk.GOLD.sku, desk.GOLD.name, None),
    (desk.GOLD.sku, desk.GOAT.name, None),
    (None, desk.GOLD.name, "400g*12听/箱"),
    (None, desk.GOLD.name, None),
    ("不知道", desk.GOLD.name, None),
    (desk.GOLD.sku, "不知道", None),
    (None, "不知道" * 100, None),
    (None, None, None),
)


@pytest.mark.parametrize("most", [1, 3, 1000])
def test_an_answer_that_is_remembered_is_the_answer(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "MOST_MATCHES", most)
    lexicon = Lexicon(LEXICON.register)
    first = [Lexicon(LEXICON.register).match(*texts) for texts in QUESTIONS]
    for _ in range(3):
        assert [lexicon.match(*texts) for texts in QUESTIONS] == first
    assert [m.product for m in first[:2]] == [desk.GOLD, None]
    assert [(m.code_known, m.name_known) for m in first[3:6]] == [
        (True, True),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    "name", ["金装3段", "金装", "金装1段1", "晨雾金装奶粉1段900g", "奶粉", "1段"]
)
def test_what_merely_looks_alike_is_no_product(name: str) -> None:
    assert skus(name=name) == []


@pytest.mark.parametrize(
    "name",
    [
        "晨霜金装奶粉1段900g",
        "晨霜 金装奶粉 一段 ９００Ｇ",
        "晨霜金装奶粉1段900克",
        "晨霜金装奶粉1段900g(900g*6听/箱)",
        "晨霜金装奶粉1段900g（900g×6罐／箱）",
        "晨霜金装奶粉1段 900g*6",
        "金装奶粉1段900g",
        "金装1段",
        "金装一段",
        "晨霜金装1段",
        "金装1段900g",
        "Gold 1",
        "gold 1 900 g",
        "Morn Gold 1 900g",
        "MS-G1-900",
        "MS-G1-900 金装1段",
    ],
)
def test_a_name_is_known_however_it_is_spelt(name: str) -> None:
    assert skus(name=name) == ["MS-G1-900"]


def test_an_alias_means_its_own_product_and_a_longer_alias_another() -> None:
    assert skus(name="金装1段400g") == ["MS-G1-400"]
    assert skus(name="金装1段400g*12听/箱") == ["MS-G1-400"]


def test_a_pack_that_contradicts_an_alias_brings_the_rival_in() -> None:
    assert skus(name="金装1段", spec="400g*12听/箱") == ["MS-G1-900", "MS-G1-400"]
    assert skus(name="金装1段", spec="12") == ["MS-G1-900", "MS-G1-400"]


def test_a_pack_that_is_nobodys_leaves_the_product_but_does_not_fit() -> None:
    [product] = LEXICON.products(None, "羊奶1段400g", None)
    assert product is desk.GOAT
    assert not fits(product, "羊奶1段400g", None)


def test_a_full_name_without_weight_is_settled_by_the_spec_or_asked() -> None:
    assert skus(name="晨霜金装奶粉1段", spec="900g*6听/箱") == ["MS-G1-900"]
    assert skus(name="晨霜金装奶粉1段", spec="400g*12") == ["MS-G1-400"]
    assert skus(name="晨霜金装奶粉1段", spec="900") == ["MS-G1-900"]
    assert skus(name="晨霜金装奶粉1段", spec="12") == ["MS-G1-900", "MS-G1-400"]
    assert skus(name="晨霜金装奶粉1段") == ["MS-G1-900", "MS-G1-400"]
    assert skus(name="晨霜羊奶粉1段") == ["MS-Y1-800"]


def test_code_and_name_that_disagree_are_both_seen() -> None:
    assert skus("MS-G1-900", "金装2段") == ["MS-G1-900", "MS-G2-900"]


def test_a_name_may_stand_in_the_code_column_and_a_code_in_the_name_column() -> None:
    assert skus("金装1段") == ["MS-G1-900"]
    assert skus(None, "ms g1 900") == ["MS-G1-900"]


def test_an_inactive_product_is_found() -> None:
    assert skus(name="学生奶粉") == ["MS-G5-900"]


def test_a_shortened_name_beside_a_code_is_no_contradiction() -> None:
    assert LEXICON.agrees("金装奶粉1段", desk.GOLD)
    assert LEXICON.agrees("奶粉 900g", desk.GOLD)
    assert not LEXICON.agrees("金装奶粉3段", desk.GOLD)
    assert not LEXICON.agrees("羊奶1段", desk.GOLD)
    assert not is_shortening("金装 4", "金装奶粉1段400g")


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("900g*6听/箱", (900, 6)),
        ("900克×6罐", (900, 6)),
        ("6*900g", (900, 6)),
        ("0.9kg x 6", (900, 6)),
        ("400 g x 12 tins/case", (400, 12)),
        ("每箱12听", (None, 12)),
        ("6听装", (None, 6)),
        ("Gold 1 900g", (900, None)),
        ("罐装", (None, None)),
    ],
)
def test_a_pack_is_read_from_a_text(text: str, pack: tuple[int | None, int | None]) -> None:
    assert pack_of(text) == pack


@pytest.mark.parametrize(
    "spec", ["900g*6听/箱", "6", "6.0", "900", "1*6", "1段 900g", "5.4kg/箱", "罐装"]
)
def test_a_spec_that_says_nothing_else_fits(spec: str) -> None:
    assert fits(desk.GOLD, None, spec)


@pytest.mark.parametrize(
    "spec", ["400g*12", "12", "900g*12", "12罐装", "2段 900g", "800g", "1", "7.5"]
)
def test_every_foreign_figure_of_a_spec_contradicts(spec: str) -> None:
    assert not fits(desk.GOLD, None, spec)


@pytest.mark.parametrize(
    "text",
    [
        "HB1001",
        "hb 1001",
        "石门市贝乐商贸有限公司",
        "石门贝乐",
        "HB1001 石门市贝乐商贸有限公司",
        "石门市贝乐商贸有限公司（HB1001）",
        "冀北 石门贝乐",
        "客户编码：HB1001",
    ],
)
def test_a_distributor_is_known_by_code_name_and_alias(text: str) -> None:
    assert customers(text) == ["HB1001"]


@pytest.mark.parametrize(
    "text", ["石门贝乐宝", "新石门贝乐", "HB10011", "贝乐", "石门", "石门贝乐二店"]
)
def test_a_name_inside_a_longer_one_is_somebody_else(text: str) -> None:
    assert customers(text) == []
    assert hinted(text) == []


def test_an_alias_of_two_names_both_and_a_code_beside_it_settles_it() -> None:
    assert customers("平川爱岛") == ["HB1002", "HB1003"]
    assert customers("HB1003 平川爱岛") == ["HB1003"]


@pytest.mark.parametrize(
    "text",
    [
        "石门贝乐订单1109",
        "石门贝乐11月订单.xlsx",
        "转发：石门贝乐 订货单",
        "冀北石门贝乐补货",
        "PO HB1001 20261107.xlsx",
        "Fwd: HB1001_order",
        "关于石门市贝乐商贸有限公司的订单",
    ],
)
def test_a_hint_names_a_distributor_that_stands_by_itself(text: str) -> None:
    assert hinted(text) == ["HB1001"]


def test_a_hint_that_names_two_returns_both() -> None:
    assert sorted(hinted("石门贝乐、平川爱岛订单")) == ["HB1001", "HB1002", "HB1003"]


def test_known_names_tell_products_and_distributors() -> None:
    known = KnownNames.of(desk.REGISTER)
    assert known.is_product("金装1段 (900g*6听/箱)")
    assert known.is_product("MS-G1-900")
    assert known.is_product_code("ms-g1-900")
    assert known.is_customer("HB1001")
    assert not known.is_product("合计")
    assert not known.is_product("HB1001")
    assert not known.is_customer("金装1段")


@given(st.text(alphabet="晨霜一二段克ＡａＧ９9g （）()*×-—·:： \u3000\u200b①㎏", max_size=30))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.sampled_from(desk.REGISTER.products), st.sampled_from(["", " ", "　", "-", "（", "*"]))
def test_spacing_and_marks_never_change_the_product(product: Product, mark: str) -> None:
    name = product.name
    spaced = mark.join(name) if mark in ("", " ", "　") else name[:4] + mark + name[4:]
    assert skus(name=spaced) == [product.sku]


@given(st.sampled_from(desk.REGISTER.products), st.data())
def test_one_wrong_sign_never_names_the_product_with_certainty(
    product: Product, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(product.name) - 1))
    wrong = data.draw(st.sampled_from("晨霜金羊奶粉听一二三1234567890段g箱"))
    name = product.name[:place] + wrong + product.name[place + 1 :]
    certain = [p for p in LEXICON.products(None, name, None) if fits(p, name, None)]
    if normalised(name) != normalised(product.name):
        assert certain != [product]


def test_a_text_without_end_is_no_pack_and_costs_nothing() -> None:
    endless = "9" * 30_000
    assert pack_of(endless) == (None, None)
    assert without_pack(endless) == ()


def test_a_pack_of_thousands_of_figures_is_none() -> None:
    assert not states_weight("9" * 5_000)
    assert code_and_name_of("CL-JZ1-900 " * 400) == ()


def test_two_packs_in_one_text_contradict_each_other() -> None:
    """Though one of them is the product's, and the other a number of its name."""
    name = "晨星金装奶粉（6-12月龄，2段）300g"
    product = Product("CX-2-300", name, "", (), "300g*24听/箱", "听", 24, ())
    assert fits(product, None, "300g*24听/箱 24听/箱")
    assert not fits(product, None, "300g*12听/箱 24听/箱")


@pytest.mark.parametrize("text", ["1段金装", "一段 金装", "900g金装1段"])
def test_words_in_another_order_are_the_name_that_has_them_all(text: str) -> None:
    gold = Lexicon(Register((_tin("A", "甲牌金装奶粉1段900g", "金装1段"), *_PACKS)))
    assert [p.sku for p in gold.products(None, text, None)] == ["A"]
    assert [p.sku for p in gold.products(None, "400g金装1段", None)] == ["B"]


def test_words_in_another_order_that_fit_two_names_are_asked() -> None:
    both = Lexicon(
        Register((_tin("A", "甲牌奶粉900g", "金装1段"), _tin("C", "乙牌奶粉900g", "装金1段")))
    )
    assert len(both.products(None, "1段金装", None)) == 2


def test_traditional_characters_are_those_they_were_simplified_to() -> None:
    one = Register((_tin("A", "甲牌金装婴儿奶粉1段900g", "金装1段"),))
    assert [p.sku for p in Lexicon(one).products(None, "甲牌金裝嬰兒奶粉1段900g", None)] == ["A"]
    assert KnownNames.of(one).is_product("金裝1段")
    two = Register((_tin("A", "甲后奶粉900g", "后"), _tin("B", "乙後奶粉900g", "後")))
    assert len(Lexicon(two).products(None, "后", None)) == 2  # told apart by nothing


def _tin(sku: str, name: str, alias: str) -> Product:
    return Product(sku, name, "", (alias,), "900g*6听/箱", "听", 6, (PricePeriod(Decimal(100)),))


_PACKS = (
    Product(
        "B",
        "甲牌金装奶粉1段400g",
        "",
        ("金装1段400g",),
        "400g*12听/箱",
        "听",
        12,
        (PricePeriod(Decimal(90)),),
    ),
)
