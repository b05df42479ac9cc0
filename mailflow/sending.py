"""The messages of a pass leave: some as soon as they are decided, the rest at its end."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from mailflow.domain.message import MessageState
from mailflow.outbox.sender import Drained, drain, settle_doubtful
from mailflow.ports import Trouble
from mailflow.works import PassReport, Progress, Works, how_many

LET_GO = (
    "nothing is sent: look at `mailflow list messages --state ready`, close what has left already, "
    "then `mailflow release outbox all --reason …`"
)

log = structlog.get_logger()


@dataclass(slots=True)
class Sending:
    """`some` is for between two mails, `rest` for the end of a pass."""

    works: Works
    report: PassReport
    progress: Progress
    _down: bool = False
    _why: str = ""

    def some(self) -> None:
        """Send what is ready. After the first trouble it waits for the end of the pass, which is
        where trouble is told: no mail waits for a server that is down."""
        if self._down:
            return
        try:
            drained = drain(self.works.office.store.shelf, self.works.sender(), self.works.clock)
        except Trouble as trouble:
            log.debug("nothing sent meanwhile", why=str(trouble))
            self._down = True
            return
        self._down = bool(drained.deferred)
        self._count(drained)

    def rest(self) -> None:
        """Everything that is due, what a dead worker held and what is in doubt included. Raises
        `Trouble` where the carrier took nothing, in this round or in one before."""
        works, before = self.works, self.report.sent
        works.office.store.recover(works.clock())
        if held := works.office.store.shelf.held():
            raise Trouble(f"outbox: {held}: {LET_GO}")
        shelf, sender = works.office.store.shelf, works.sender()
        settle_doubtful(shelf, sender, works.clock)
        waiting = (MessageState.READY, MessageState.RETRY)
        everything = before + how_many(works, self.progress, "messages", waiting)

        def told(sent: int) -> None:
            self.progress("send", before + sent, everything)

        self._count(drain(shelf, sender, works.clock, told))
        self.progress("send", everything, everything)
        if self._why:
            raise Trouble(self._why)

    def _count(self, drained: Drained) -> None:
        self.report.sent += drained.sent
        self.report.unsent += drained.deferred + drained.failed + drained.unknown
        self._why = drained.why or self._why
