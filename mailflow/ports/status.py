"""The door to where things stand: what people ask about by mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from mailflow.domain.order_status import MailStatus, OrderStatus


class Status(Protocol):
    """Nothing here changes anything."""

    def order(self, number: str) -> OrderStatus | None:
        """Of the revision in force; None where there is no such order."""
        ...

    def orders(self, numbers: Sequence[str]) -> Iterator[OrderStatus]:
        """Many in a few statements, in their order; a number of no order is passed over."""
        ...

    def open_orders(self, codes: Sequence[str], sender: str) -> tuple[str, ...]:
        """Numbers of orders of these distributors, or sent from this address, that are not at their
        end, all of them, the newest first."""
        ...

    def numbered(self, said: str) -> tuple[str, ...]:
        """The numbers of the orders that bear this number, in capitals, of their distributor's own."""
        ...

    def mail(self, mail_id: int) -> MailStatus | None: ...
    def answers_since(self, notices: Sequence[str], to: str, since: datetime) -> int:
        """How many letters of these kinds were queued for somebody after an instant."""
        ...
