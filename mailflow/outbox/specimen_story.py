"""An order's story in which everything happened once, to try the page of stories with."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from mailflow.domain.mail import MailState
from mailflow.domain.message import MessageState
from mailflow.domain.order import OrderState
from mailflow.domain.question import QuestionState
from mailflow.outbox.story_view import UNDERWAY, Event, StoryLine, StoryView

_AT = datetime(2026, 11, 9, 2, tzinfo=UTC)


def specimen_story() -> StoryView:
    steps = (
        *(("mail", state.value) for state in MailState),
        *(
            ("order", state)
            for state in (*(s.value for s in OrderState), "listed", "sent", "unsent")
        ),
        *(("question", state.value) for state in QuestionState),
        *(("case", state) for state in ("open", "closed")),
        *(("message", state.value) for state in MessageState if state.value not in UNDERWAY),
    )
    finding = {"code": "over-credit", "severity": "warning", "where": "Sheet1!A1:F9", "found": "1"}
    return StoryView(
        number="DD261109-0001",
        revision=2,
        state=OrderState.HELD.value,
        customer={"name": "示例商贸有限公司", "code": "C001", "region": "东区"},
        ship_to={"consignee": "某某", "phone": "0371", "address": "示例路1号", "delivery_address": "示例路2号"},
        sender="manager@house.example",
        received=_AT,
        tins=12,
        amount=Decimal("2016.00"),
        lists=("FH261109-0001 R1",),
        findings=({**finding, "proposal": ""}, {**finding, "proposal": "0"}),
        lines=(StoryLine("Sheet1!A8:F8", "P-001", 12, Decimal("2016.00"), "cash"),),
        lines_left=1,
        events=tuple(
            Event(_AT, kind, state, "1", "about", "over-credit", "operator") for kind, state in steps
        ),
    )  # fmt: skip
