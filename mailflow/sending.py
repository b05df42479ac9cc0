"""The messages of a pass leave: some as soon as they are decided, the rest at its end."""

from __future__ import annotations

from dataclasses import dataclass

from mailflow.domain.message import MessageState
from mailflow.log import get_logger
from mailflow.outbox.leaving import Leaving
from mailflow.outbox.pace import Pace, queue_of
from mailflow.outbox.sender import BATCH, Drained, drain, settle_doubtful
from mailflow.ports import Trouble
from mailflow.works import PassReport, Progress, Works, how_many

LET_GO = (
    "nothing is sent: look at `mailflow list messages --state ready`, close what has left already, "
    "then `mailflow release outbox all --reason …`"
)

log = get_logger()


@dataclass(slots=True)
class Sending:
    """`some` is for between two mails, `rest` for the end of a pass. What `some` has taken leaves
    while the next mails are decided on, until `collect` or the next `some`."""

    works: Works
    report: PassReport
    progress: Progress
    _leaving: Leaving | None = None
    _down: bool = False
    _why: str = ""

    @property
    def _pace(self) -> Pace:
        return Pace(self.works.office.house.rates)

    def some(self) -> None:
        """Begin to send what is ready, once all that was begun before has left or could not. After
        the first trouble it waits for the end of the pass, which is where trouble is told: no mail
        waits for a server that is down.

        What is taken here is what leaves: what is decided meanwhile waits for the next time,
        however fast the carrier is, so that the same mails always end the same way.
        """
        self.collect()
        if self._down:
            return
        shelf, clock = self.works.office.store.shelf, self.works.clock
        try:
            sender = self.works.sender()
            limit = min(BATCH, self._pace.allows(shelf, clock()).most)
            if limit and (batch := shelf.take_due(clock(), limit)):
                self._leaving = Leaving(batch, shelf, sender, clock)
        except Trouble as trouble:
            self._wait_for_the_end(trouble)

    def collect(self) -> None:
        """Wait for what leaves, and count it."""
        leaving, self._leaving = self._leaving, None
        if leaving is None:
            return
        try:
            drained = leaving.result()
        except Trouble as trouble:
            self._wait_for_the_end(trouble)
        else:
            self._down = bool(drained.deferred)
            self._count(drained)

    def give_up(self) -> None:
        """The process is about to end, whatever leaves now."""
        if self._leaving is not None:
            self._leaving.give_up()

    def rest(self) -> None:
        """Everything that is due, what a dead worker held and what is in doubt included. Raises
        `Trouble` where the carrier took nothing, in this round or in one before."""
        self.collect()
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

        self._count(drain(shelf, sender, works.clock, told, self._pace))
        self.progress("send", everything, everything)
        self._tell_of_queue()
        if self._why:
            raise Trouble(self._why)

    def _tell_of_queue(self) -> None:
        """A queue that waits is no trouble, but said: who looks for a letter has to know."""
        works = self.works
        if queue := queue_of(works.office.store.shelf, self._pace, works.clock()):
            self.report.unsent += queue.waiting
            self.report.queue = str(queue)
            log.info("messages wait for a limit", what=str(queue))

    def _wait_for_the_end(self, trouble: Trouble) -> None:
        log.debug("nothing sent meanwhile", why=str(trouble))
        self._down = True

    def _count(self, drained: Drained) -> None:
        self.report.sent += drained.sent
        self.report.unsent += drained.deferred + drained.failed + drained.unknown
        self._why = drained.why or self._why
