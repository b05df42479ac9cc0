"""A list of what is open is whole: what the letter has no room for stands in its sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import yaml

from mailflow.desk.rows_told import sheets_beside
from mailflow.domain.audience import Audience
from mailflow.domain.coming import MOST_LISTED as MOST_COMING
from mailflow.domain.coming import Coming, ComingBudget
from mailflow.domain.finding import Asked
from mailflow.domain.notice_help import MOST_LISTED, OrderTold, StatusNotice, Turn, urgency
from mailflow.domain.order import BookedOrder, OrderState
from mailflow.domain.order_status import OrderStatus, Step
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.specimen_help import help_letters
from mailflow.outbox.specimen_orders import RECEIVED, order
from mailflow.outbox.workbooks.rows_file import write
from tests.outbox.letters import TEMPLATES, typeset

ZONE = ZoneInfo("Asia/Shanghai")
EVER = datetime(2026, 1, 1, tzinfo=UTC)
FINANCE = Turn(asked=Asked.FINANCE, reason="over-credit", since=RECEIVED, names=("钱会计",))


def told(n: int) -> tuple[OrderTold, ...]:
    held = order(OrderState.HELD)
    return tuple(_told(replace(held, number=f"DD261109-{i:04}")) for i in range(n))


def _told(held: BookedOrder) -> OrderTold:
    return OrderTold(status=OrderStatus(order=held, sender="a@x.example"), turns=(FINANCE,))


def test_a_letter_that_names_all_has_no_sheet() -> None:
    assert StatusNotice(subject="状态", orders=told(MOST_LISTED)).unlisted == 0
    assert list(sheets_beside(StatusNotice(subject="状态"), "M1", ZONE, "zh")) == []


def test_what_the_letter_leaves_out_stands_in_its_sheet_with_all_others() -> None:
    notice = StatusNotice(subject="状态", orders=told(MOST_LISTED + 3))
    [sheet] = sheets_beside(notice, "M46", ZONE, "zh")
    book = openpyxl.load_workbook(io.BytesIO(write(sheet, Catalogue((TEMPLATES,)).words("zh"))))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [f"DD261109-{i:04}" for i in range(MOST_LISTED + 3)]
    assert rows[1][6:] == ("待批准", "钱会计")
    letter = replace(next(iter(help_letters("zh"))), notice=notice, enclosures=())
    [message] = typeset(letter)
    body = message_from_bytes(message.mime, policy=default).get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "另有 3 件，都在附件里" in text
    assert f"共 {MOST_LISTED + 3} 张，下面是最急的 {MOST_LISTED} 张" in text
    assert text.count("DD261109-") == MOST_LISTED


def test_what_waits_on_a_person_is_more_urgent_than_what_waits_on_goods_and_the_oldest_most() -> (
    None
):
    later = replace(FINANCE, since=RECEIVED + timedelta(days=2))
    accepted, held = order(OrderState.ACCEPTED), order(OrderState.HELD)
    every = (
        _told(replace(accepted, number="short")),
        replace(_told(replace(held, number="held")), turns=(later, FINANCE)),
        replace(_told(replace(held, number="held later")), turns=(later,)),
        replace(_told(replace(order(OrderState.RETURNED), number="returned")), turns=()),
        replace(_told(replace(accepted, number="short before", received=EVER)), turns=()),
    )
    expected = ["returned", "held", "held later", "short before", "short"]
    for several in permutations(every):
        assert [t.status.order.number for t in sorted(several, key=urgency)] == expected


def test_budgets_for_which_a_letter_has_no_room_stand_in_a_sheet_of_the_house() -> None:
    one = ComingBudget(region="北区", month=date(2026, 12, 1), before=None, after=Decimal("60000"))
    every = (*(replace(one, region=f"{n}区") for n in range(MOST_COMING)), one)
    assert list(sheets_beside(_coming(*every[1:]), "M1", ZONE, "zh")) == []
    [sheet] = sheets_beside(_coming(*every), "M1", ZONE, "zh")
    assert (sheet.rows[-1], len(sheet.rows)) == (("2026-12", "北区", "", "60000.00"), len(every))
    assert sheet.audience is Audience.INTERNAL
    book = openpyxl.load_workbook(io.BytesIO(write(sheet, Catalogue((TEMPLATES,)).words("en"))))
    assert book.worksheets[0]["C1"].value == "Month before (CNY)"


def _coming(*budgets: ComingBudget) -> StatusNotice:
    return StatusNotice(subject="状态", coming=Coming(budgets=budgets))


def test_the_sheet_says_of_each_step_what_the_letter_says() -> None:
    theirs = yaml.safe_load(Path(TEMPLATES, "status-answer/words.yaml").read_text("utf-8"))
    for language in ("zh", "en"):
        printed = Catalogue((TEMPLATES,)).words(language)
        assert {s: printed[f"rows_{s}"] for s in Step} == {
            s: theirs[f"step_{s}"][language] for s in Step
        }
