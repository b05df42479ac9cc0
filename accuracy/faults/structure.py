"""Sheets in which it cannot be seen what is ordered, or in which something is out of sight."""

from __future__ import annotations

from dataclasses import replace

from accuracy.draft import Draft
from accuracy.faults.fault import Fault, Spot, a_form, a_line
from accuracy.form import Heading
from accuracy.mails import Part
from accuracy.orders import order_for
from accuracy.truth import Funding, TrueLine


def _hidden_row(draft: Draft) -> None:
    spot = a_line(draft)
    spot.row.hidden = True
    draft.truth.spoil(
        spot.order, "hidden-quantity", *(spot.row.at(h.field) for h in spot.form.headings)
    )


def _struck_row(draft: Draft) -> None:
    """A line that somebody struck out: taken back, or done already."""
    spot = a_line(draft)
    spot.row.struck = True
    keys = (spot.row.at(h.field) for h in spot.form.headings)
    draft.truth.spoil(spot.order, "shown-otherwise", *keys)


def _second_column(draft: Draft) -> None:
    """Two columns of the same word whose numbers differ in one line."""
    spot = a_line(draft)
    column = next(c for c in ("cases", "tins", "qty") if spot.form.has(c))
    heading = next(h for h in spot.form.headings if h.field == column)
    twin = Heading("twin", heading.word, key=f"{spot.form.key}_header_twin")
    for form in draft.forms:
        form.headings.insert(
            form.headings.index(next(h for h in form.headings if h.field == column)) + 1, twin
        )
        for row in form.rows:
            source = form.hand.qty_unit if column == "qty" else column
            row.raw["twin"] = row.raw[column] if column in row.raw else row.numbers[source]
    unit = spot.form.hand.qty_unit if column == "qty" else column
    spot.row.raw["twin"] = spot.row.numbers[unit] + 5
    codes = "ambiguous-column cases-tins-mismatch quantity-invalid amount-mismatch"
    draft.truth.spoil(
        spot.order, codes, twin.key, heading.key, spot.row.at(column), spot.row.at("twin")
    )


def _merged_quantity(draft: Draft) -> None:
    """One quantity merged over two products."""
    order, form = a_form(draft)
    pairs = list(zip(form.rows, form.rows[1:], strict=False))
    if not pairs:
        return
    first, second = draft.rng.choice(pairs)
    for column in ("cases", "tins", "qty"):
        second.raw[column] = None
    second.raw["amount"] = None
    draft.merges += [(first.at(c), second.at(c)) for c in ("cases", "tins", "qty") if form.has(c)]
    codes = "quantity-missing quantity-invalid table-unclear value-unreadable ambiguous-column"
    keys = (*Spot(order, form, first).quantity_keys, *Spot(order, form, second).quantity_keys)
    draft.truth.spoil(order, codes, *keys)


def _second_table(draft: Draft) -> None:
    """Below stands another distributor's order that says everything but whose it is."""
    ordered = {o.dealer for o in draft.orders}
    dealer = draft.rng.choice([d for d in draft.world.dealers if d not in ordered])
    meant = order_for(dealer, draft.world, draft.choices)
    cash = tuple(x for x in meant.lines if x.funding is Funding.CASH)
    second = draft.writer.write(replace(meant, lines=cash), "s")
    second.labels = [x for x in second.labels if x.field not in ("dealer", "dealer_code", "other")]
    draft.forms.append(second)
    codes = "ship-to-mismatch unknown-distributor ambiguous-distributor table-unclear"
    draft.truth.must_ask(codes)


def _same_file_twice(draft: Draft) -> None:
    """The same workbook hangs on the mail two times."""
    draft.copies = 2
    draft.truth.must_ask("duplicate-order")


def _remark(draft: Draft) -> None:
    """A remark asks for more than the columns say."""
    spot = a_line(draft)
    spot.row.texts["remark"] = draft.rng.choice(
        (
            *(
                "另加2箱",
                "这个先不发",
                "改为3段",
                "取消",
                "待定，等通知再发",
                "再送1箱小听粉",
                "12月再发",
                "买10送1",
                "不用发了",
            ),
            *("下次再发", "+2箱", "×"),
        )
    )
    codes = "remark-asks mail-asks loose-tins"
    draft.truth.spoil(spot.order, codes, *spot.at("remark"))


def _denying_title(draft: Draft) -> None:
    """Words in a row of their own take back what stands below them."""
    order, form = a_form(draft)
    row = draft.rng.choice(form.rows[1:] or form.rows)
    row.title = draft.rng.choice(
        (
            "以下产品暂不订",
            "下月计划",
            "上月欠货",
            "以下待定",
            "以下为示例",
            "以下产品取消",
            "已发货部分",
        )
    )
    draft.truth.spoil(order, "table-unclear other-paper", row.at("title"))


def _denying_column(draft: Draft) -> None:
    """A column says of one line that it is not ordered."""
    spot = a_line(draft)
    word = draft.rng.choice(("状态", "是否订货", "确认", "审核结果"))
    yes, no = draft.rng.choice((("正常", "取消"), ("是", "否"), ("√", "×"), ("", "作废")))
    for form in draft.forms:
        form.headings.append(Heading("status", word, key=f"{form.key}_header_status"))
        for row in form.rows:
            row.texts["status"] = yes
    spot.row.texts["status"] = no
    draft.truth.spoil(spot.order, "ambiguous-column", spot.row.at("status"))


def _lettered_column(draft: Draft) -> None:
    """Letters that nobody explains make two sorts of the lines."""
    spot = a_line(draft)
    word = draft.rng.choice(("标记", "分类标识", "Flag"))
    most, other = draft.rng.choice((("A", "B"), ("C", "F"), ("", "F")))
    for form in draft.forms:
        form.headings.append(Heading("letter", word, key=f"{form.key}_header_letter"))
        for row in form.rows:
            row.texts["letter"] = most
    spot.row.texts["letter"] = other
    cells = [row.at("letter") for row in spot.form.rows]
    draft.truth.spoil(spot.order, "ambiguous-column", *cells)


def _denying_unit(draft: Draft) -> None:
    """A note counts in the other unit than the column."""
    order, form = a_form(draft)
    unit = "听" if form.has("cases") else "箱"
    form.notes = [
        draft.rng.choice(("注：以上数量单位均为{}", "单位：{}", "注：数量以{}为单位")).format(unit)
    ]
    draft.truth.spoil(order, "ambiguous-column unit-missing", form.note(0))


def _other_dealer_noted(draft: Draft) -> None:
    """A note below the table sends the goods to somebody else."""
    order, form = a_form(draft)
    ordered = {o.dealer for o in draft.orders}
    other = draft.rng.choice([d for d in draft.world.dealers if d not in ordered])
    note = draft.rng.choice(("此单代{0.name}订货", "请发往{0.address}", "货发{0.name}，谢谢"))
    form.notes = [note.format(other)]
    draft.truth.spoil(order, "remark-asks", form.note(0))


def _other_receiver_noted(draft: Draft) -> None:
    """A note below the table names a person that the register does not."""
    order, form = a_form(draft)
    name = draft.rng.choice(("段九成", "龚小满", "乔一鸣"))
    form.notes = [draft.rng.choice(("{}收", "由{}签收", "请{}收货", "转{}代签")).format(name)]
    draft.truth.spoil(order, "remark-asks", form.note(0))


def _paid_in_note(draft: Draft) -> None:
    order, form = a_form(draft)
    form.notes = [draft.rng.choice(("第一行走市场费用核销", "以上走费用", "其中第一行为赠品"))]
    draft.truth.spoil(order, "remark-asks funding-mismatch", form.note(0))


def _mail_denies(draft: Draft) -> None:
    """The mail takes back or changes what the sheet says."""
    draft.body = draft.rng.choice(
        (
            "附件订单第2行先不发，其余照发。",
            "附件订单，另加臻护1段5箱。",
            "附件是订单，走市场费用。",
            "附件作废，以后补发新的。",
            "附件订单里最后一个取消，谢谢",
        )
    )
    for number in range(len(draft.forms)):
        draft.truth.spoil(number, "mail-asks amendment request")


def _below_total(draft: Draft) -> None:
    """Somebody added a line under the total, which does not know of it."""
    order, form = a_form(draft)
    ordered = {r.line.ware for r in form.rows}
    others = [w for w in draft.world.regular if w not in ordered]
    ware = draft.rng.choice(others or draft.world.regular)
    form.below.append(
        draft.writer.row(f"{form.key}below", TrueLine(ware, draft.rng.randint(2, 20)))
    )
    codes = "total-mismatch table-unclear"
    sums = [f"{form.total}_{c}" for c in ("cases", "tins", "qty", "amount", "capitals")]
    lines = [form.below[0].at(h.field) for h in form.headings]
    draft.truth.spoil(order, codes, *sums, *lines)


def _broken_beside(draft: Draft) -> None:
    """Beside the order hangs a workbook that nobody can open: what is in it?"""
    data = b"PK\x03\x04" + draft.rng.randbytes(3000)
    draft.beside.append(Part("订单2.xlsx", "2047 utf-8", "application/octet-stream", data))
    draft.truth.must_ask("attachment-refused")


LINES = frozenset({"columns", "lines"})
FOOT = frozenset({"foot"})
STRUCTURE = (
    Fault("title that denies lines", _denying_title, takes=LINES | FOOT, needs=frozenset({"several lines"}), avoids=frozenset({"formulas"})),
    Fault("column that denies a line", _denying_column, takes=LINES, needs=frozenset({"several lines"}), avoids=frozenset({"english"})),
    Fault("letters that part the lines", _lettered_column, takes=LINES, needs=frozenset({"several lines"}), avoids=frozenset({"english"})),
    Fault("note of another receiver", _other_receiver_noted, takes=FOOT),
    Fault("note of another unit", _denying_unit, takes=FOOT, needs=frozenset({"plan cases"})),
    Fault("note of another unit, tins", _denying_unit, takes=FOOT, needs=frozenset({"plan tins"})),
    Fault("note of another distributor", _other_dealer_noted, takes=FOOT),
    Fault("note that pays otherwise", _paid_in_note, takes=FOOT, avoids=frozenset({"expense", "samples"})),
    Fault("mail that takes back", _mail_denies, takes=frozenset({"labels"}), formats="attached"),
    Fault("hidden row with quantity", _hidden_row, takes=frozenset({"columns"}), formats="pages"),
    Fault("line struck out", _struck_row, takes=LINES, formats="struck"),
    Fault("two quantity columns disagree", _second_column, takes=LINES, avoids=frozenset({"plan both", "plan both_swapped", "plan by_money", "plan case_price", "distractor columns"})),
    Fault("quantity merged over two products", _merged_quantity, takes=LINES, needs=frozenset({"several lines", "few lines"}), avoids=frozenset({"expense", "samples"}), formats="merged"),
    Fault("second table without a name", _second_table, takes=frozenset({"second table"}), needs=frozenset({"ship-to"})),
    Fault("line below the total", _below_total, takes=LINES | {"totals", "foot"}, needs=frozenset({"totals"})),
    Fault("broken workbook beside", _broken_beside, takes=frozenset({"labels"}), formats="attached"),
    Fault("same file twice", _same_file_twice, takes=frozenset({"labels"}), formats="attached"),
    Fault("remark asks for more", _remark, takes=LINES, needs=frozenset({"remark"})),
)  # fmt: skip
