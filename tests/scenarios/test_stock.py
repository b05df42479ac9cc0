"""The warehouse tells its stock by mail: accepted orders take of it, what is short is said at once, and
is sent when it comes, the oldest order first."""

from __future__ import annotations

import io
import signal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, G1, Row, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.store.engine import open_engine
from mailflow.store.tables import dispatch_lists, order_lines, orders
from mailflow.store.tables_shipping import list_lines
from mailflow.store.tables_stock import shortages, stock_counts, stock_lines
from tests.scenarios.house import EVENING, build_house
from tests.scenarios.replies import ADMIN, BEI, FINANCE, TOKEN, letters, question, reply, words
from tests.scenarios.report_mails import WAREHOUSE
from tests.scenarios.test_corrected import with_sheet

DEALER = "n101@dealer.example"
AT = [f"2026-11-10T18:{minute:02}:00+08:00" for minute in range(5, 60, 5)]
NUMBER, LIST = "DD261110-0002", "FH261110-0002"
CHANGED = order("N101", [(A1, 9, "现金"), (A2, 1, "现金")])
HEAD = ("产品编码", "产品名称", "批号", "有效期", "库存数量（箱）")


def stock(*rows: Row, day: str = "", sender: str = WAREHOUSE, name: str = "库存日报") -> bytes:
    """A count in cases, of the codes given."""
    above: list[Row] = [("盘点日期", day, "", "", "")] if day else []
    lines = [(code, "", "", "", cases) for code, cases in rows]
    return mail(sender, name, "见附件", (f"{name}.xlsx", sheet([*above, HEAD, *lines], "Sheet1")))


A1_10 = stock(("SP-A1-800", 10), ("SP-A2-800", 100), ("SP-G1-800", 100))


def an_order(name: str, *lines: Any, code: str = "N101") -> bytes:
    return mail(BEI, name, "请发货", (f"{name}.xlsx", sheet(order(code, list(lines)))))


class Story:
    """A house, and mails that come to it one after the other."""

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.house = build_house(folder, config)
        self._passes = 0

    def comes(self, *raw: bytes, **environment: str) -> None:
        for each in raw:
            self.house.put(f"mail-{self._passes}", each)
            now = EVENING if self._passes == 0 else AT[self._passes - 1]
            self._passes += 1
            done = self.house.once(now, **environment)
            assert done.returncode == 0, done.stdout + done.stderr

    def rows(self, *columns: Any, where: Any = None) -> list[tuple[Any, ...]]:
        engine = open_engine(f"sqlite:///{self.house.folder}/mailflow.db")
        chosen = sa.select(*columns)
        with engine.connect() as connection:
            rows = connection.execute(chosen if where is None else chosen.where(where)).all()
        engine.dispose()
        return [tuple(row) for row in rows]

    def lists(self) -> list[tuple[str, str, int, int]]:
        """Number, SKU, tins to send, tins short."""
        joined = dispatch_lists.c.id == list_lines.c.list_id
        columns = (dispatch_lists.c.number, list_lines.c.sku, list_lines.c.tins, list_lines.c.short)
        return self.rows(*columns, where=joined)

    def short(self) -> list[tuple[str, str, int, str]]:
        names = ("order_number", "sku", "tins", "state")
        return sorted(self.rows(*(shortages.c[n] for n in names)))

    def last(self, to: str, subject: str = "") -> str:
        return words(letters(self.house, to, subject)[-1])

    def reasons(self) -> list[str]:
        return [m["reason"] for m in self.house.rows("mails")]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "house")


def test_where_no_stock_was_ever_told_nothing_is_short(story: Story) -> None:
    story.comes(an_order("小叶子订单", (A1, 200, "现金")))
    assert story.lists() == [("FH261110-0001", "SP-A1-800", 1200, 0)]
    assert story.short() == []
    assert not letters(story.house, DEALER)


def test_a_sheet_called_stock_and_nothing_more_is_the_warehouses_and_a_managers_is_asked(
    story: Story,
) -> None:
    bare = sheet([("编码", "名称", "数量（箱）"), ("SP-A1-800", A1[0], 10)], "Sheet1")
    story.comes(mail(BEI, "小叶子", "见附件", ("小叶子库存.xlsx", bare)))
    assert story.lists() == []
    assert [o["state"] for o in story.house.rows("orders")] == ["review"]
    story.comes(mail(WAREHOUSE, "今日", "见附件", ("库存.xlsx", bare)))
    assert story.reasons()[1] == "stock-taken"
    assert story.rows(stock_lines.c.sku, stock_lines.c.tins) == [("SP-A1-800", 60)]


def test_where_all_is_there_nothing_is_said_of_shortages(story: Story) -> None:
    story.comes(A1_10, an_order("小叶子订单", (A1, 10, "现金"), (A2, 5, "现金")))
    assert story.reasons() == ["stock-taken", "booked"]
    assert [row[2:] for row in story.lists()] == [(60, 0), (30, 0)]
    assert story.short() == []
    assert not letters(story.house, DEALER)
    assert "缺货" not in story.last("bei.manager@")


def test_a_count_that_is_taken_is_confirmed_with_what_it_comes_to(story: Story) -> None:
    story.comes(A1_10)
    told = story.last(WAREHOUSE)
    assert "库存已按 11月10日 的数更新" in told
    assert "3 个品项，可发 1260 听" in told
    # What the sheet does not name counts as none, and that is said.
    assert "松坪山羊幼儿配方奶粉3段800g" in told
    assert "学生奶粉" not in told
    assert story.house.rows("cases") == []


def test_what_is_short_stands_on_the_list_and_is_told_to_manager_and_distributor(
    story: Story,
) -> None:
    story.comes(A1_10, an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金")))
    assert story.lists() == [
        (LIST, "SP-A1-800", 60, 30),
        (LIST, "SP-A2-800", 30, 0),
    ]
    assert story.short() == [(NUMBER, "SP-A1-800", 30, "open")]
    assert "订 90 听，先发 60 听，缺 30 听" in story.last(BEI)
    assert "优护婴儿配方奶粉1段800g  SP-A1-800：订 90 听，先发 60 听，缺 30 听" in story.last(
        DEALER
    )
    assert "请发货：15 箱，90 听" in story.last(WAREHOUSE, "发货清单")
    [file] = letters(story.house, WAREHOUSE, "发货清单")[-1].iter_attachments()
    content = file.get_content()
    assert isinstance(content, bytes)
    page = load_workbook(io.BytesIO(content)).active
    cells = [[c.value for c in row if c.value is not None] for row in page.iter_rows()]
    [line] = [row for row in cells if "SP-A1-800" in row]
    assert line[-3:] == [10, 60, 30]
    # What is owed for is what was ordered.
    assert story.rows(orders.c.tins, orders.c.state) == [(120, "accepted")]


def test_a_line_of_which_nothing_is_there_stays_on_the_list(story: Story) -> None:
    story.comes(stock(("SP-A2-800", 9)), an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金")))
    assert [row[1:] for row in story.lists()] == [("SP-A1-800", 0, 90), ("SP-A2-800", 30, 0)]


def test_where_nothing_is_there_no_list_goes_and_the_manager_hears(story: Story) -> None:
    story.comes(stock(("SP-A2-800", 9)), an_order("小叶子订单", (A1, 15, "现金")))
    assert story.lists() == []
    assert not letters(story.house, WAREHOUSE, "发货清单")
    assert "全部缺货，暂不发货" in story.last(BEI)
    assert story.rows(orders.c.state) == [("accepted",)]
    assert story.house.rows("cases") == []


@pytest.mark.parametrize(("wish", "asked"), [("取消", []), ("取消\n客户搬仓库", [ADMIN])])
def test_what_never_had_a_list_is_cancelled_without_a_word_to_the_warehouse(
    story: Story, wish: str, asked: list[str]
) -> None:
    story.comes(stock(("SP-A2-800", 9)), an_order("小叶子订单", (A1, 15, "现金")))
    story.comes(reply(letters(story.house, BEI)[-1], wish, BEI))
    messages = story.house.rows("messages")
    assert [m["recipient"] for m in messages if m["notice"] == "cancel-request"] == asked
    if asked:
        for to in (ADMIN, BEI):
            assert "还没有开清单" in story.last(to)
            assert "已发" not in story.last(to)
        story.comes(reply(question(story.house, ADMIN), "同意", ADMIN))
        assert "已照您的意思取消" in story.last(ADMIN)
        assert "清单还没有开" in story.last(BEI)
        assert LIST not in story.last(BEI)
    assert story.rows(orders.c.state) == [("closed",)]
    assert "list-cancelled" not in [m["notice"] for m in story.house.rows("messages")]


def test_what_never_had_a_list_stays_or_is_changed_with_true_words(story: Story) -> None:
    story.comes(stock(("SP-A2-800", 9)), an_order("小叶子订单", (A1, 15, "现金")))
    first = letters(story.house, BEI)[-1]
    story.comes(reply(first, "取消\n客户搬仓库", BEI))
    story.comes(reply(question(story.house, ADMIN), "不同意\n已经在路上了", ADMIN))
    assert "缺的货到了照订单补发" in story.last(ADMIN)
    assert "缺的货到了补发" in story.last(BEI)
    # Nobody has a list of it: a change needs nobody's yes.
    changed = reply(first, "改一下", BEI, subject=f"更正 {NUMBER}")
    story.comes(with_sheet(changed, CHANGED))
    revisions = sorted(story.rows(orders.c.revision, orders.c.state))
    assert revisions == [(1, "closed"), (2, "accepted")]
    assert [row[1:] for row in story.lists()] == [("SP-A1-800", 0, 54), ("SP-A2-800", 6, 0)]
    assert story.short() == [
        (NUMBER, "SP-A1-800", 54, "open"),
        (NUMBER, "SP-A1-800", 90, "cancelled"),
    ]


def test_what_is_released_and_all_short_is_said_to_have_no_list(story: Story) -> None:
    story.comes(stock(("SP-A2-800", 9)), an_order("亲贝订单", (A1, 20, "现金"), code="N103"))
    story.comes(reply(question(story.house, FINANCE), "同意", FINANCE))
    assert "没有开清单" in story.last(FINANCE)
    assert "清单已发" not in story.last(FINANCE)


def test_only_whole_cases_are_sent_of_what_is_short(story: Story) -> None:
    tins = mail(
        WAREHOUSE, "库存", "见附件",
        ("库存.xlsx", sheet([("产品编码", "库存数量（听）", "仓库"), ("SP-A1-800", 40, "中心仓")], "Sheet1")),
    )  # fmt: skip
    story.comes(tins, an_order("小叶子订单", (A1, 15, "现金")))
    assert [row[1:] for row in story.lists()] == [("SP-A1-800", 36, 54)]


@pytest.mark.fault("B09")
def test_orders_of_one_mail_and_of_several_share_what_is_there(story: Story) -> None:
    two = mail(
        BEI, "两张订单", "请发货",
        ("一.xlsx", sheet(order("N101", [(A1, 7, "现金")]))),
        ("二.xlsx", sheet(order("N102", [(A1, 7, "现金")]))),
    )  # fmt: skip
    story.comes(A1_10, two, an_order("宝宝屋订单", (A1, 2, "现金"), (A2, 1, "现金"), code="N102"))
    assert [row[2:] for row in story.lists()] == [(42, 0), (18, 24), (0, 12), (6, 0)]


def supplied(story: Story) -> None:
    """An order lacks 30 tins, and 100 cases come."""
    story.comes(A1_10, an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金")))
    story.comes(stock(("SP-A1-800", 100), ("SP-A2-800", 90), name="库存日报晚"))


def test_new_stock_is_asked_about_and_a_yes_sends_it(story: Story) -> None:
    supplied(story)
    asked = question(story.house, ADMIN)
    assert "可以补发 5 箱，30 听" in words(asked)
    assert len({row[0] for row in story.lists()}) == 1
    story.comes(reply(asked, "同意", ADMIN))
    assert story.lists()[-1] == (f"{LIST}-B1", "SP-A1-800", 30, 0)
    assert story.short() == [(NUMBER, "SP-A1-800", 30, "listed")]
    told = story.last(WAREHOUSE, "发货清单")
    assert f"{LIST}-B1" in told
    assert "请发货：5 箱，30 听" in told
    assert "已开补发清单：5 箱，30 听" in story.last(BEI)
    assert letters(story.house, BEI)[-1]["Cc"] == DEALER
    assert "已批准，清单已发仓库" in story.last(ADMIN)
    assert story.reasons()[-1] == "approval-applied"


def test_a_no_leaves_it_short_and_is_not_asked_again_for_the_same(story: Story) -> None:
    supplied(story)
    story.comes(reply(question(story.house, ADMIN), "不同意", ADMIN))
    story.comes(stock(("SP-A1-800", 99), ("SP-A2-800", 90), name="库存日报又报"))
    assert story.short() == [(NUMBER, "SP-A1-800", 30, "open")]
    assert "缺的照旧记着" in story.last(ADMIN)
    assert len([m for m in letters(story.house, ADMIN) if TOKEN.search(m["Subject"])]) == 1


def test_a_smaller_count_takes_a_proposal_back(story: Story) -> None:
    supplied(story)
    first = question(story.house, ADMIN)
    # 60 tins are promised by the list that is out.
    story.comes(stock(("SP-A1-800", 12), ("SP-A2-800", 90), name="库存日报又报"))
    second = [m for m in letters(story.house, ADMIN) if TOKEN.search(m["Subject"])][-1]
    assert "可以补发 2 箱，12 听" in words(second)
    assert f"{LIST}-B2" in second["Subject"]
    story.comes(reply(first, "同意", ADMIN))
    assert len({row[0] for row in story.lists()}) == 1
    story.comes(reply(second, "同意", ADMIN))
    assert story.lists()[-1] == (f"{LIST}-B2", "SP-A1-800", 12, 0)
    assert story.short() == [
        (NUMBER, "SP-A1-800", 12, "listed"),
        (NUMBER, "SP-A1-800", 18, "open"),
    ]


def test_it_goes_by_itself_where_the_house_has_it_so(tmp_path: Path) -> None:
    story = Story(tmp_path / "house", CONFIG + "shortages: {supply: release}\n")
    supplied(story)
    assert story.lists()[-1] == (f"{LIST}-B1", "SP-A1-800", 30, 0)
    assert not [m for m in letters(story.house, ADMIN) if TOKEN.search(m["Subject"])]


def test_the_oldest_order_is_sent_first_and_new_ones_wait_behind_it(story: Story) -> None:
    story.comes(
        A1_10,
        an_order("小叶子订单", (A1, 12, "现金")),
        an_order("宝宝屋订单", (A1, 4, "现金"), code="N102"),
        stock(("SP-A1-800", 15), name="库存日报晚"),
        # Of the 5 cases that came 2 are the first order's and 3 the second's.
        an_order("亲贝订单", (A1, 1, "现金"), (A2, 1, "现金"), code="N101"),
    )
    assert story.lists() == [(LIST, "SP-A1-800", 60, 12)]
    asked = [m for m in letters(story.house, ADMIN) if TOKEN.search(m["Subject"])]
    assert ["12 听" in m["Subject"] for m in asked] == [True, False]
    assert "18 听" in asked[1]["Subject"]


def test_an_order_that_is_closed_lacks_nothing_any_more(story: Story) -> None:
    supplied(story)
    closed = story.house.run("close", "order", NUMBER, "--reason", "不要了")
    assert closed.returncode == 0
    assert story.short() == [(NUMBER, "SP-A1-800", 30, "cancelled")]
    story.comes(reply(question(story.house, ADMIN), "同意", ADMIN))
    assert len({row[0] for row in story.lists()}) == 1
    assert "另行处理" in story.last(ADMIN)


def test_an_order_that_waited_takes_what_is_there_when_it_is_released(story: Story) -> None:
    story.comes(A1_10, an_order("亲贝订单", (A1, 20, "现金"), code="N103"))
    assert story.rows(orders.c.state) == [("held",)]
    assert story.house.run("release", "order", NUMBER, "--reason", "批").returncode == 0
    assert [row[1:] for row in story.lists()] == [("SP-A1-800", 60, 60)]
    assert story.short() == [(NUMBER, "SP-A1-800", 60, "open")]
    told = [m["subject_id"] for m in story.house.rows("messages") if m["recipient"] == BEI]
    assert f"{NUMBER}-released" in told


def test_a_change_of_a_listed_order_gives_back_what_it_had(story: Story) -> None:
    story.comes(A1_10, an_order("小叶子订单", (A1, 10, "现金"), (A2, 1, "现金")))
    changed = reply(letters(story.house, BEI)[-1], "改一下", BEI, subject=f"更正 {NUMBER}")
    story.comes(with_sheet(changed, CHANGED))
    story.comes(reply(question(story.house, ADMIN), "同意", ADMIN))
    assert [row[1:] for row in story.lists()][-2:] == [("SP-A1-800", 54, 0), ("SP-A2-800", 6, 0)]
    assert story.short() == []


def test_a_change_of_a_list_that_has_not_left_gives_back_what_it_had(story: Story) -> None:
    story.comes(A1_10)
    story.house.put("order", an_order("小叶子订单", (A1, 10, "现金"), (A2, 1, "现金")))
    done = story.house.once(AT[0], MAILFLOW_FAILPOINT="deal.committed")
    assert done.returncode == -signal.SIGKILL
    changed = mail(BEI, f"更正 {NUMBER}", "以此为准", ("小叶子订单.xlsx", sheet(CHANGED)))
    story.comes(changed)
    assert sorted(story.rows(orders.c.revision, orders.c.state)) == [(1, "closed"), (2, "accepted")]
    assert [row[1:] for row in story.lists()][-2:] == [("SP-A1-800", 54, 0), ("SP-A2-800", 6, 0)]
    assert story.short() == []


def test_a_change_ends_the_supplementary_list_of_what_it_changes(story: Story) -> None:
    supplied(story)
    story.comes(reply(question(story.house, ADMIN), "同意", ADMIN))
    told = next(m for m in letters(story.house, BEI) if LIST in words(m))
    changed = reply(told, "改一下", BEI, subject=f"更正 {NUMBER}")
    story.comes(with_sheet(changed, order("N101", [(A1, 14, "现金"), (A2, 5, "现金")])))
    assert letters(story.house, WAREHOUSE, "作废") == []
    story.comes(reply(letters(story.house, ADMIN, "请审批")[-1], "同意", ADMIN))
    assert (LIST, "SP-A1-800", 84, 0) in story.lists()
    [ended] = letters(story.house, WAREHOUSE, "作废")
    assert f"作废，不要发货：{LIST}-B1 R1" in words(ended)
    assert "5 箱" in words(ended)


def test_an_order_that_is_called_back_ends_a_supplementary_list_issued_meanwhile(
    story: Story,
) -> None:
    story.comes(A1_10, an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金")))
    told = next(m for m in letters(story.house, BEI) if LIST in words(m))
    story.comes(reply(told, "取消", BEI))
    asked = letters(story.house, ADMIN, "请确认取消")[-1]
    story.comes(stock(("SP-A1-800", 100), ("SP-A2-800", 100), name="库存日报晚"))
    supply = next(m for m in letters(story.house, ADMIN) if f"{LIST}-B1" in words(m))
    story.comes(reply(supply, "同意", ADMIN))
    assert (f"{LIST}-B1", "SP-A1-800", 30, 0) in story.lists()
    story.comes(reply(asked, "取消", ADMIN))
    assert story.rows(orders.c.state) == [("closed",)]
    ended = [words(m) for m in letters(story.house, WAREHOUSE, "作废")]
    assert [n for n in (LIST, f"{LIST}-B1") if any(f"{n} R1" in text for text in ended)] == [
        LIST,
        f"{LIST}-B1",
    ]


def test_an_older_count_is_told_and_not_taken(story: Story) -> None:
    story.comes(
        stock(("SP-A1-800", 10), day="2026-11-10"),
        stock(("SP-A1-800", 99), day="2026-11-09", name="昨天的库存日报"),
        an_order("小叶子订单", (A1, 15, "现金")),
    )
    assert story.reasons() == ["stock-taken", "stock-older", "booked"]
    assert [row[2:] for row in story.lists()] == [(60, 30)]
    assert "我们已有 11月10日 的" in words(letters(story.house, WAREHOUSE, "没有更新")[-1])


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (stock(("SP-A1-800", 10), ("SP-X9-800", 5)), "Sheet1!A3"),
        (stock(("SP-A1-800", 10), day="2026-11-20"), "还没到"),
        (stock(("SP-A1-800", 10), day="2026-10-20"), "一周以上"),
        (stock(("SP-A1-800", "约10")), "Sheet1!E2"),
    ],
)
def test_a_count_with_a_doubt_is_not_taken_at_all(story: Story, raw: bytes, said: str) -> None:
    story.comes(raw, an_order("小叶子订单", (A1, 15, "现金")))
    assert story.rows(stock_counts.c.id) == []
    assert [row[2:] for row in story.lists()] == [(90, 0)]
    assert said in words(letters(story.house, WAREHOUSE, "库存表要改")[-1])
    assert [c["state"] for c in story.house.rows("cases")] == ["open"]


def test_whoever_may_not_tell_the_stock_changes_nothing(story: Story) -> None:
    story.comes(stock(("SP-A1-800", 0), sender=BEI), an_order("小叶子订单", (A1, 15, "现金")))
    assert story.rows(stock_counts.c.id) == []
    assert [row[2:] for row in story.lists()] == [(90, 0)]
    assert not letters(story.house, BEI, "库存")


def test_every_tin_is_listed_short_or_cancelled_whatever_happens(story: Story) -> None:
    supplied(story)
    story.comes(
        an_order("宝宝屋订单", (A1, 200, "现金"), (G1, 1, "现金"), code="N101"),
        reply(question(story.house, ADMIN), "同意", ADMIN),
        stock(("SP-A1-800", 30), ("SP-A2-800", 85), name="库存日报又报"),
    )
    assert balanced(story)
    closed = story.house.run("close", "order", NUMBER, "--reason", "不要了")
    assert closed.returncode == 0
    assert balanced(story)


def balanced(story: Story) -> bool:
    """Of each line of an order that is accepted: ordered = on its lists + short."""
    ordered: dict[tuple[str, str], int] = {}
    accepted = sa.and_(orders.c.id == order_lines.c.order_id, orders.c.state == "accepted")
    for number, sku, tins in story.rows(
        orders.c.number, order_lines.c.sku, order_lines.c.tins, where=accepted
    ):
        ordered[number, sku] = ordered.get((number, sku), 0) + tins
    listed = sa.and_(
        dispatch_lists.c.id == list_lines.c.list_id,
        orders.c.id == dispatch_lists.c.order_id,
        orders.c.state == "accepted",
    )
    for number, sku, tins in story.rows(
        orders.c.number, list_lines.c.sku, list_lines.c.tins, where=listed
    ):
        ordered[number, sku] -= tins
    for number, sku, tins, state in story.short():
        if state == "open":
            ordered[number, sku] -= tins
    return not any(ordered.values())


@pytest.mark.parametrize("name", ["stock.taken", "shortages.kept", "supply.issued"])
def test_a_kill_at_any_step_leaves_the_same_end(name: str, tmp_path: Path) -> None:
    def through(story: Story, kill: str = "") -> Any:
        story.comes(A1_10)
        mails = [
            stock(("SP-A1-800", 8), ("SP-A2-800", 100), name="库存日报二"),
            an_order("小叶子订单", (A1, 15, "现金"), (A2, 5, "现金")),
            stock(("SP-A1-800", 100), ("SP-A2-800", 90), name="库存日报三"),
        ]
        for raw in mails:
            story.house.put(f"killed-{len(list(story.house.folder.glob('inbox/*/*')))}", raw)
            if kill:
                killed = story.house.once(AT[6], MAILFLOW_FAILPOINT=f"{kill}:1")
                assert killed.returncode in (0, -signal.SIGKILL), killed.stderr
            assert story.house.once(AT[7]).returncode == 0
        return story.house.end_state(), story.lists(), story.short()

    config = CONFIG + "shortages: {supply: release}\n"
    undisturbed = through(Story(tmp_path / "undisturbed", config))
    assert through(Story(tmp_path / "killed", config), name) == undisturbed


def test_an_order_is_shipped_when_its_supplementary_list_has_left_too(story: Story) -> None:
    supplied(story)
    story.comes(reply(question(story.house, ADMIN), "同意", ADMIN))
    first, second = letters(story.house, WAREHOUSE, "发货清单")
    story.comes(reply(first, "已发 顺丰 SF1234567890", WAREHOUSE))
    assert story.rows(orders.c.state) == [("accepted",)]
    story.comes(reply(second, "已发 顺丰 SF1234567891", WAREHOUSE))
    assert story.rows(orders.c.state) == [("shipped",)]
    assert balanced(story)
