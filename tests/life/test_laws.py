"""Every law of these stories speaks where the books break it, and is silent where they do not."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, BEI, mail, order, sheet
from tests.life.books import Books
from tests.life.invariants import AT_THE_END, OF_PEOPLE, broken
from tests.life.offices import PAID
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN, FINANCE, letters, question, reply
from tests.scenarios.shipped import WAREHOUSE
from tests.scenarios.test_stock import stock

BREAKS: Mapping[str, str] = {
    "one_revision_holds": """update orders set revision = 9, number =
        (select min(number) from orders where state = 'accepted') where state = 'shipped'""",
    "a_list_number_means_one_content": """update outbox set recipient = id || '@x',
        subject_id = '{shipped}' where notice = 'dispatch-list'""",
    "the_paper_says_what_is_to_be_sent": "update list_lines set tins = tins + 6",
    "no_line_is_sent_twice_by_paper": """update outbox set notice = 'dispatch-list',
        subject_id = '{shipped}-B9', letter = (select letter from outbox where notice =
        'dispatch-list' and subject_id = '{shipped}') where id = {letter}""",
    "nothing_is_promised_twice": "update stock_lines set tins = 6",
    "what_is_ordered_is_listed_or_short": "update shortages set tins = tins + 6",
    "what_waits_is_on_no_list": "update orders set state = 'review' where state = 'shipped'",
    "a_decision_takes_effect_once": "insert into history select {again} from history "
    "where kind = 'order' and after = 'accepted' limit 1",
    "what_left_says_whether_an_order_is_shipped": """update orders set state = 'accepted'
        where state = 'shipped'""",
    "what_is_given_less_is_taken_once_and_said": """insert into sample_takes (number, order_number,
        revision, position, tins, state, at) select 'XT-1', number, revision, 0, 24, 'taken', 0
        from orders where state = 'held'""",
    "every_entry_balances": "update postings set cents = cents + 1 where account = 'owed'",
    "the_trial_balance_is_zero": """update postings set cents = cents + 1
        where account in ('owed', 'bank')""",
    "money_is_entered_once": "update entries set document = 'R1' where kind = 'payment'",
    "the_ledger_says_what_is_in_force": "update orders set cash_cents = cash_cents + 1",
    "sums_are_those_of_the_lines": "update orders set tins = tins + 1",
    "what_waits_has_a_case": "update cases set state = 'closed' where reason = 'over-credit'",
    "whatever_is_asked_has_a_case": "update cases set state = 'closed' where reason = 'over-credit'",
    "nobody_is_asked_about_what_is_settled": "update questions set state = 'open'",
    "no_mail_is_lost": "update mails set state = 'waiting' where id = 1",
    "every_message_left": "update outbox set state = 'retry' where id = 1",
}
"""By the name of each law of goods a change of the books that it must notice; those of people are broken
in `test_laws_of_people.py`."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """An order that is shipped, one of which a supplementary list is out and something is short still,
    one that is held; two payments."""
    house = build_house(tmp_path_factory.mktemp("books") / "house")

    def comes(minute: int, *raw: bytes) -> None:
        for number, each in enumerate(raw):
            house.put(f"{minute:02}-{number}", each)
        done = house.once(f"2026-11-10T15:{minute:02}:00+08:00")
        assert done.returncode == 0, done.stderr

    paid = sheet([PAID, *(("2026-11-03", "N101", "陈", n, f"R{n}", "") for n in (1, 2))], "Sheet1")
    comes(
        1,
        stock(("SP-A1-800", 10), ("SP-A2-800", 10)),
        mail(FINANCE, "回款", "", ("回款.xlsx", paid)),
    )
    first = mail(BEI, "小叶子", "请查收", ("一.xlsx", sheet(order("N101", [(A2, 5, "现金")]))))
    comes(2, first, some_mails("11-over-credit")["11-over-credit"])
    [listed] = letters(house, WAREHOUSE, "发货清单")
    short = mail(BEI, "宝宝屋", "请查收", ("二.xlsx", sheet(order("N102", [(A1, 16, "现金")]))))
    comes(3, reply(listed, "已发 顺丰 SF1234567890", WAREHOUSE), short)
    comes(4, stock(("SP-A1-800", 14), ("SP-A2-800", 5), name="库存日报晚"))
    comes(5, reply(question(house, ADMIN), "同意", ADMIN))
    comes(40)
    return house


def changed(house: House, folder: Path, statement: str) -> Books:
    shutil.copy(house.folder / "mailflow.db", folder / "mailflow.db")
    with closing(sqlite3.connect(folder / "mailflow.db")) as base, base:
        for [trigger] in base.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            base.execute(f"drop trigger {trigger}")  # the ledger's pages are not for turning back
        columns = [row[1] for row in base.execute("pragma table_info(history)")]
        again = ", ".join("null" if name == "id" else name for name in columns)
        if "{" in statement:
            [[letter]] = base.execute("select max(id) from outbox where notice = 'order-answer'")
            [[shipped]] = base.execute("select number from dispatch_lists limit 1")
            statement = statement.format(again=again, letter=letter, shipped=shipped)
        base.execute(statement)
    return Books(folder)


def test_books_that_keep_every_law_are_told_so(house: House) -> None:
    books = Books(house.folder)
    assert broken(books, AT_THE_END) == []
    assert {o["state"] for o in books.orders()} == {"accepted", "shipped", "held"}
    assert BREAKS.keys() == {law.__name__ for law in AT_THE_END if law not in OF_PEOPLE}


@pytest.mark.parametrize("name", BREAKS)
def test_a_law_notices_what_breaks_it(name: str, house: House, tmp_path: Path) -> None:
    [law] = [law for law in AT_THE_END if law.__name__ == name]
    assert list(law(changed(house, tmp_path, BREAKS[name])))
