"""What the tests of the Store door are made of: an empty database of each kind, mails, messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier
from typing import TypeVar
from zoneinfo import ZoneInfo

from mailflow.domain.appraisal import Funding
from mailflow.domain.audience import Audience
from mailflow.domain.case import Case
from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Unknown
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailKey
from mailflow.domain.master import MasterKind, Row
from mailflow.domain.message import Message
from mailflow.domain.order import BookedLine, BookedOrder, OrderState
from mailflow.domain.proof import Belief
from mailflow.domain.register import Customer, ShipTo
from mailflow.ports import Arrival
from mailflow.store.sql import Opening, SqlStore, open_store

T = TypeVar("T")
NOW = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
CUSTOMER = Customer(
    "C1", "某某商贸", (), "东区", "m@x.example", "", ShipTo(), Decimal(1), Decimal(0), Decimal(0)
)
DECISION = Decision(Unknown("a.xlsx", None, ""), None, (), Outcome.ACCEPTED)


def worker(url: str) -> SqlStore:
    """A daemon's opening."""
    return open_store(url, Opening(ZONE, belief=Belief(from_line=True), exclusive=True))


def visitor(url: str) -> SqlStore:
    """A command's opening, beside the daemon's."""
    return open_store(url, Opening(ZONE, belief=Belief(from_line=True)))


def load(store: SqlStore, kind: str, sha256: str, rows: Sequence[Row], now: datetime = NOW) -> bool:
    """A register file by itself."""
    return store.load_masters([(MasterKind(kind), sha256, rows)], now)


def arrival(uid: int, sha256: str | None = None, left: str = "") -> Arrival:
    return Arrival(MailKey("a", "INBOX", 7, uid), NOW, 100, sha256 or f"{uid:064d}", left)


def message(number: int = 1, **more: object) -> Message:
    values = {
        "notice": "dispatch-list",
        "subject_id": f"FH{number}",
        "revision": 1,
        "recipient": "w@x.example",
        "sender": "o@x.example",
        "subject": "清单",
        "message_id": f"<{number}@x.example>",
        "mime": f"Subject: {number}\r\n\r\n".encode(),
        "audience": Audience.PARTNER,
        "goods": True,
        "created": NOW,
        "due": NOW,
    }
    return Message(**{**values, **more})  # type: ignore[arg-type] # fields of any kind


def order(number: str = "DD1", state: OrderState = OrderState.ACCEPTED) -> BookedOrder:
    line = BookedLine(
        "S!A1", "P1", "一段", "900g*6", 6, 12, Decimal("168.50"), Decimal("2022.00"), Funding.CASH
    )
    return BookedOrder(
        number, 1, 1, 0, CUSTOMER, "PO-1", date(2026, 11, 9), NOW, date(2026, 11, 1), ShipTo(), (line,),
        state, "f" * 64, "1", "a.xlsx", "S!A1:B2",
    )  # fmt: skip


def case_of(number: str = "DD1") -> Case:
    return Case(
        number=number, kind="order", subject_id=number, waits_on=Asked.SALES_ADMIN, region="东区",
        reason="x", since=NOW,
    )  # fmt: skip


def post(store: SqlStore, *messages: Message) -> None:
    with store.begin(NOW) as work:
        for each in messages:
            work.post(each)


def at_once(*deeds: Callable[[], T]) -> list[T]:
    """Each in a thread of its own, all begun together; raises what one of them raised."""
    start = Barrier(len(deeds))

    def begun(deed: Callable[[], T]) -> T:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(begun, deeds))


def ids(found: Sequence[object]) -> list[int]:
    return [each.id for each in found]  # type: ignore[attr-defined] # rows of several kinds
