"""Free words around an order: what is usual there is no question, what changes the order is one."""

from __future__ import annotations

import pytest

from tests.accuracy.traps import DEALER, HEAD, QY, ZH, accepted, of_rows

N, M = ZH.name, QY.name
BOTH = [(DEALER.code, {ZH.sku: 60, QY.sku: 30})]


@pytest.mark.parametrize(
    "note",
    [
        "请尽快发货，谢谢", "注：账期30天，月结", "1、如有破损请在三日内反馈", "2、产品图片仅供参考", "3、满100箱返5箱",
        "4、每月25日17:00后订单计入下月", "费用货需附审批单", "费用款订单请单独填写", "款到发货", "收到请回复确认",
        "发货前请电话通知收货人", "信息有误概不负责", "如需分批发货请注明", "不足一箱不发货", "请勿拆箱", "赠品不在本表内填写",
        "请查收", "已收", "周一收", "方便收货", "余款收", f"{DEALER.consignee}收", f"请{DEALER.consignee[0]}经理签收",
    ],
)  # fmt: skip
def test_small_print_below_the_lines_is_no_question(note: str) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), (note,))) == BOTH


@pytest.mark.parametrize(
    "note",
    [
        "以上含费用货5箱", "其中启悦5箱为费用货", "费用抵货：启悦5箱", "本单用返利抵扣", "此单货补", "享受买10赠1政策",
        "按10+1执行", "臻护先发5箱", "臻护分两次发", "先发一半", "其余下月发", "待客户打款后发货", "请暂缓", "收货地址变更，见下",
        "改送门店", "由李四代收", "数量以电话为准", "数量为听", "草稿", "测试", "以上仅供参考", "退货", "按促销价", "替换昨天的订单",
        "李四收", "由李四签收", "王姐收",
    ],
)  # fmt: skip
def test_a_note_that_changes_the_order_is_asked_about(note: str) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), (note,))) == []


@pytest.mark.parametrize(
    "title", ["以上现金，以下费用", "以下不发", "第二批", "12月发", "备货", "预订"]
)
def test_a_title_between_lines_that_parts_them_is_asked_about(title: str) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (title,), (M, 5))) == []


@pytest.mark.parametrize(
    "remark",
    [
        "急", "新日期", "10个月以上", "主推", "正装", "1段", "10箱", "60听", "无", "-", "已核对", "返单", "正常发货", "按现价",
        "双十一备货",
    ],
)  # fmt: skip
def test_usual_remarks_are_no_question(remark: str) -> None:
    assert accepted(of_rows((*HEAD, "备注"), (N, 10, remark), (M, 5, None))) == BOTH


@pytest.mark.parametrize(
    "remark",
    [
        "费", "特价", "加1", "只发5", "实发8", "改8", "→8", "缺", "断货", "月底发", "12月", "分2次", "散", "听", "单位:听",
        "换2段", "抵", "报损", "寄样", "含赠", "仅供参考", "？", "核实", "x2", "翻倍", "发二库",
    ],
)  # fmt: skip
def test_a_remark_that_changes_its_line_is_asked_about(remark: str) -> None:
    assert accepted(of_rows((*HEAD, "备注"), (N, 10, remark), (M, 5, None))) == []


@pytest.mark.parametrize(
    "text",
    [
        "订单见附件，请查收，等您确认", "麻烦先发货，发票随后", "附件是11月第二批订单", "订单请查收，款今天下午到账",
        "见附件，价格按最新价格表", "请核实库存后安排", "Kindly process the attached PO and confirm", "预计月底前到货即可",
    ],
)  # fmt: skip
def test_usual_words_of_a_mail_are_no_question(text: str) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), text=text)) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "附件订单除启悦外都发", "再加5箱臻护", "数量都减半", "全部翻倍", "按附件的一半发", "费用货，见附件", "这是返利货",
        "附件仅供参考，等我确认", "先别发", "等通知发货", "等款到了再发", "收货改到芜湖", "见附件，赠品按10送1", "10搭1",
        "附件是上个月的，数量不变", "价格按原来的", "附件第二行单价错了", "附件少写了一行", "double the quantities",
        "half of it now", "charge to marketing", "附件请查收\n李四收",
    ],
)  # fmt: skip
def test_a_mail_that_changes_the_order_is_asked_about(text: str) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), text=text)) == []


@pytest.mark.parametrize(
    ("header", "value", "count"),
    [
        ("是否赠品", "否", 1), ("状态", "已审核", 1), ("渠道", "母婴", 1), ("类型", "正装", 1), ("政策", "无", 1),
        ("是否赠品", "是", 0), ("实订", "否", 0), ("实订", "不", 0), ("类型", "取消", 0), ("类型", "10送1", 0), ("政策", "买10送1", 0), ("政策", "10+1", 0),
        ("标记", "费", 0), ("搭赠", "10搭1", 0), ("标记", "F", 0), ("标记", "A", 0), ("类型", "A", 0),
    ],
)  # fmt: skip
def test_words_in_a_column_nobody_understands(header: str, value: str, count: int) -> None:
    found = of_rows((*HEAD, header), (N, 10, value), (M, 5, None))
    assert len(accepted(found)) == count


@pytest.mark.parametrize(
    ("value", "asked"), [("母婴", False), (None, False), (3, True), ("取消", True), ("费", True)]
)
def test_columns_nobody_understands_are_seen_behind_each_other(
    value: str | int | None, asked: bool
) -> None:
    found = of_rows((*HEAD, "甲", "乙"), (N, 10, None, value), (M, 5, None, None))
    assert accepted(found) == ([] if asked else BOTH)


@pytest.mark.parametrize(
    ("letters", "asked"), [("AA", False), ("AB", True), ("AF", True), ("FF", True)]
)
def test_letters_nobody_understands_are_asked_about_where_they_part_the_lines(
    letters: str, asked: bool
) -> None:
    found = of_rows((*HEAD, "标记"), (N, 10, letters[0]), (M, 5, letters[1]))
    assert accepted(found) == ([] if asked else BOTH)


@pytest.mark.parametrize(
    ("notes", "asked"),
    [(("加急", "A区"), False), (("A", "A"), False), (("A", "B"), True), ((None, "F"), True)],
)
def test_such_letters_are_no_remarks_where_a_column_of_them_has_no_word(
    notes: tuple[str | None, str | None], asked: bool
) -> None:
    found = of_rows(HEAD, (N, 10, notes[0]), (M, 5, notes[1]))
    assert accepted(found) == ([] if asked else BOTH)


def test_who_signs_below_a_column_of_letters_is_none_of_its_lines() -> None:
    signed = ((), ("制表：小王", "批准：", "财务："))
    head = (*HEAD, "标记")
    assert accepted(of_rows(head, (N, 10, "A"), (M, 5, "A"), *signed)) == BOTH
    assert accepted(of_rows(head, (N, 10, "B"), (M, 5, "A"), *signed)) == []


@pytest.mark.parametrize(
    ("subject", "asked"), [("11月预订", False), ("12月预订", True), ("12月份的预定单", True)]
)
def test_what_is_booked_for_another_month_is_asked_about(subject: str, asked: bool) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), subject=subject)) == ([] if asked else BOTH)


@pytest.mark.parametrize("pack", ["12听/箱", "每箱12听", "400g", "400g*12"])
def test_another_pack_beside_a_line_is_asked_about_and_its_own_is_not(pack: str) -> None:
    own = f"{ZH.per_case}听/箱"
    assert accepted(of_rows((*HEAD, "备注"), (N, 10, own), (M, 5, None))) == BOTH
    assert accepted(of_rows((*HEAD, "备注"), (N, 10, pack), (M, 5, None))) == []


@pytest.mark.parametrize("note", ["每箱按12听算", "注：每箱12听", "请发散装"])
def test_another_pack_for_all_lines_is_asked_about_and_their_own_is_not(note: str) -> None:
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), (f"每箱{ZH.per_case}听",))) == BOTH
    assert accepted(of_rows(HEAD, (N, 10), (M, 5), (note,))) == []
