"""Checks of what surrounds an order: earlier orders, remarks, dates, the reader's doubts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailflow.domain.decision import Outcome
from mailflow.domain.document import Dated, Doubt, DoubtKind, Order, Skipped
from mailflow.domain.doubt import OF_REPORTS
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.appraise import appraise
from tests.rules import desk
from tests.rules.desk import (
    ISLE,
    NAME,
    REMARK,
    at,
    codes,
    earlier,
    facts,
    findings,
    judged,
    line,
    order,
    said,
)


def content_of() -> str:
    return appraise(order(), facts(), desk.LEXICON).fingerprint


def test_other_orders_of_the_distributor_and_the_same_of_others_are_no_duplicates() -> None:
    others = (
        earlier(),
        earlier(fingerprint=content_of(), distributor=ISLE.code),
        earlier(fingerprint=content_of(), state="returned"),
        earlier(their_number="8", state="closed"),
    )
    assert codes(order(number=said("8")), facts(earlier=others)) == set()


@pytest.mark.fault("B02", "A09")
def test_the_same_content_is_asked_whatever_became_of_it() -> None:
    for state in ("accepted", "held", "review"):
        before = earlier(fingerprint=content_of(), state=state)
        decision = judged(order(), facts(earlier=(before,)))
        [finding] = decision.findings
        assert (finding.code, finding.found) == ("duplicate-order", before.number)
        assert decision.outcome is Outcome.REVIEW


@pytest.mark.fault("B02")
def test_the_same_number_is_asked() -> None:
    before = earlier(their_number="PO-17")
    [finding] = judged(order(number=said("po 17")), facts(earlier=(before,))).findings
    assert (finding.code, finding.variant) == ("duplicate-order", "number")


@pytest.mark.parametrize(
    "hint", ["更正：石门贝乐订单", "石门贝乐订单（修改）.xlsx", "Revised order"]
)
def test_a_correction_is_never_booked_as_a_new_order(hint: str) -> None:
    decision = judged(order(hints=(said(hint),)))
    assert [f.code for f in decision.findings] == ["amendment"]
    assert decision.outcome is Outcome.REVIEW


def test_the_correction_of_an_order_that_was_returned_is_what_was_asked_for() -> None:
    returned = earlier(state="returned", received=desk.RECEIVED - timedelta(hours=1))
    accepted = earlier(received=desk.RECEIVED - timedelta(days=3))
    hints = (said("更正：石门贝乐订单"),)
    assert codes(order(hints=hints), facts(earlier=(accepted, returned))) == set()
    later = replace(accepted, received=desk.RECEIVED)
    assert codes(order(hints=hints), facts(earlier=(returned, later))) == {"amendment"}


def test_a_cancellation_is_always_seen_by_a_person() -> None:
    returned = facts(earlier=(earlier(state="returned"),))
    for hint in ("石门贝乐订单作废", "取消订单", "Cancel order"):
        assert codes(order(hints=(said(hint),)), returned) == {"amendment"}
    assert codes(order(hints=(said("avoid delay"), said("石门贝乐订单1109.xlsx")))) == set()


@pytest.mark.parametrize(
    "remark", ["尽快发货", "每箱6听", "60听", "共10箱", "现金", "送货前请电话联系"]
)
def test_a_remark_that_asks_for_nothing_else_is_silent(remark: str) -> None:
    assert codes(order(line("金装1段", "60", remark=remark))) == set()


@pytest.mark.parametrize(
    "remark",
    [
        "改为20箱",
        "另加2箱金装2段",
        "取消",
        "不要了",
        "费用",
        "送到新仓库",
        "please do not ship",
        "20箱",
    ],
)
def test_a_remark_that_asks_for_something_else_is_seen_by_a_person(remark: str) -> None:
    [finding] = judged(order(line("金装1段", "60", remark=remark))).findings
    assert (finding.code, finding.at) == ("remark-asks", at(7, REMARK))
    assert finding.asked is Asked.SALES_ADMIN


def test_a_remark_for_the_whole_order_is_seen_too() -> None:
    assert codes(order(remarks=(said("请安排车辆"),))) == set()
    assert codes(order(remarks=(said("另加3箱小听粉"),))) == {"remark-asks"}


def test_a_date_of_these_days_is_silent() -> None:
    for day in (date(2026, 11, 9), date(2026, 10, 10)):
        assert codes(order(day=day)) == set()


@pytest.mark.parametrize(
    ("day", "variant"), [(date(2026, 11, 10), "future"), (date(2026, 10, 9), "old")]
)
def test_a_date_far_off_is_a_warning_that_asks(day: date, variant: str) -> None:
    [finding] = findings("order-date-unusual", order(day=day))
    assert (finding.variant, finding.severity) == (variant, Severity.WARNING)
    assert finding.asked is Asked.SENDER


def test_a_date_that_cannot_be_read_is_asked() -> None:
    document = replace(order(), order_date=Dated("11/12", at(2, 1), None))
    [finding] = judged(document).findings
    assert (finding.code, finding.variant) == ("order-date-unusual", "unreadable")


@pytest.mark.fault("T03", "T04")
def test_the_business_day_decides_the_cut_off() -> None:
    last = datetime(2026, 11, 25, 15, 59, tzinfo=UTC)
    assert codes(order(), facts(received=last)) == set()
    decision = judged(order(), facts(received=last + timedelta(minutes=1)))
    [finding] = decision.findings
    assert (finding.code, finding.expected) == ("after-cut-off", "2026-12")
    assert decision.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("kind", [kind for kind in DoubtKind if kind not in OF_REPORTS])
def test_every_doubt_of_the_reader_is_asked_where_it_arose(kind: DoubtKind) -> None:
    decision = judged(order(doubts=(Doubt(kind, at(7, NAME), "found"),)))
    [finding] = decision.findings
    assert (finding.code, finding.at, finding.found) == (kind.value, at(7, NAME), "found")
    assert finding.asked is not Asked.NOBODY
    assert decision.outcome is not Outcome.ACCEPTED


def test_an_order_without_lines_is_returned() -> None:
    document = replace(order(), lines=())
    assert codes(document) == {"nothing-ordered"}
    assert judged(document).outcome is Outcome.RETURNED


def test_an_empty_register_accepts_nothing() -> None:
    nobody = replace(desk.REGISTER, customers=(), products=())
    assert judged(order(), facts(register=nobody)).outcome is not Outcome.ACCEPTED


def test_a_date_without_a_year_is_the_day_it_can_only_mean() -> None:
    def dated(*readings: tuple[int | None, int, int]) -> Order:
        return replace(order(), order_date=Dated("?", at(2, 1), None, readings))

    assert codes(dated((None, 11, 3))) == set()
    assert codes(dated((None, 10, 9))) == {"order-date-unusual"}
    assert codes(dated((None, 11, 20))) == {"order-date-unusual"}
    assert codes(dated((None, 11, 5), (None, 5, 11))) == set()
    assert codes(dated((2026, 11, 5), (2026, 11, 6))) == {"order-date-unusual"}
    late = facts(received=datetime(2027, 1, 5, 2, tzinfo=UTC))
    decision = judged(dated((None, 12, 28)), late)
    assert decision.appraisal is not None
    assert decision.appraisal.day == date(2026, 12, 28)


def test_a_sheet_that_was_left_out_is_said_and_not_asked() -> None:
    decision = judged(replace(order(), skipped=(Skipped("上月", hidden=True),)))
    [finding] = decision.findings
    assert (finding.code, finding.found, finding.variant) == ("sheet-skipped", "上月", "hidden")
    assert finding.asked is Asked.NOBODY
    assert decision.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "note",
    ["以上请于本周内发出", "如有缺货请补发2箱", "满100箱返5箱", "共60听", "收货时请当面清点"],
)
def test_small_print_below_the_lines_asks_for_nothing(note: str) -> None:
    assert codes(replace(order(line("金装1段", "60")), notes=(said(note),))) == set()


@pytest.mark.parametrize("note", ["另加金装2段5箱", "第二行先不发", "赠送小听粉3听", "改为20箱"])
def test_a_note_below_the_lines_that_asks_for_more_is_seen_by_a_person(note: str) -> None:
    assert codes(replace(order(line("金装1段", "60")), notes=(said(note),))) == {"remark-asks"}


@pytest.mark.parametrize(
    "hint", ["退货申请", "10月库存报表", "发货清单", "示例", "草稿", "stock list"]
)
def test_another_paper_than_an_order_is_seen_by_the_sales_admin(hint: str) -> None:
    document = order(hints=(said(hint),))
    assert codes(document) == {"other-paper"}
    assert judged(document).outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "hint", ["订单", "退换货及订货单", "补货单", "11月订单（含库存）", "PO 1109", "要货计划"]
)
def test_an_order_called_so_is_one_whatever_else_it_is_called(hint: str) -> None:
    assert codes(order(hints=(said(hint),))) == set()


@pytest.mark.parametrize(
    "note", [f"请把货发往{desk.ISLE.name}", f"代{desk.ISLE.name}订货", "请发往平川市解放路7号"]
)
def test_a_note_that_names_another_distributor_or_place_is_seen_by_a_person(note: str) -> None:
    assert codes(order(notes=(said(note),))) == {"remark-asks"}


def test_the_distributor_s_own_name_and_place_in_a_note_ask_for_nothing() -> None:
    for note in (f"{desk.BELLE.name}订货", f"请送到{desk.BELLE.ship_to.address}", desk.ISLE.name):
        assert codes(order(notes=(said(note),))) == set()
