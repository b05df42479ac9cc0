"""Specimens of the digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from mailflow.domain.allocation import ShortGoods
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.history_chain import Seal
from mailflow.domain.mail import Aside
from mailflow.domain.notice_digest import DigestCounts, DigestLine, DigestNotice
from mailflow.domain.settlement import next_steps
from mailflow.outbox.specimen_budget import use
from mailflow.outbox.specimen_orders import (
    ADMIN,
    CUSTOMER,
    DAY,
    RECEIVED,
)

SEAL = Seal(5310, "3f2a9c1b7d0e55aa3f2a9c1b7d0e55aa")


def digest(quiet: bool = False) -> DigestNotice:
    if quiet:
        return DigestNotice(ADMIN, DAY, DigestCounts(0, 0, 0, 0, 0, 0, 0, 0), seal=SEAL)
    decide = DigestLine(
        reference="DD261106-0031",
        what="hidden-quantity,duplicate-order",
        who=CUSTOMER.name,
        subject="南阳童之家补单",
        since=datetime(2026, 11, 6, 2, 5, tzinfo=UTC),
        region="河南",
        waits_on=Asked.SALES_ADMIN,
        steps=next_steps("unknown-product", {"word": "小罐"}, "manager@chenlu.example"),
    )
    waiting = replace(
        decide,
        reference="DD261109-0040",
        what="over-credit",
        since=RECEIVED,
        waits_on=Asked.FINANCE,
        steps=(),
    )
    aside = DigestLine(
        reference="M45",
        what=Aside.TIMEOUT.value,
        who="",
        subject="",
        since=RECEIVED,
        findings=(Finding("quarantined", Severity.ERROR, Asked.SALES_ADMIN, variant="timeout"),),
        waits_on=Asked.SALES_ADMIN,
    )
    unread = DigestLine("M44", "stranger", "ad@elsewhere.example", "最新价目表", RECEIVED)
    machine = DigestLine(
        "message 17", "message-failed", "warehouse.north@chenlu.example", "发货清单", RECEIVED
    )
    counts = DigestCounts(12, 7, 3, 1, 1, 2, 7, 1)
    short = ShortGoods("河南", "CL-JZ2-900", 114, 2, RECEIVED, "晨露金装婴幼儿配方奶粉2段900g")
    told = DigestNotice(
        ADMIN, DAY, counts, (decide, aside), (waiting,), (unread,), (machine,), seal=SEAL
    )
    return replace(told, shortages=(short,), budgets=(use(),))
