"""The loop: fetch, decide, do what is due, send; it survives every mail and every outage."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import partial

import schedule
import structlog

from mailflow.domain import failpoint
from mailflow.domain.document import Reading
from mailflow.domain.mail import Aside, MailState
from mailflow.domain.message import MessageState
from mailflow.due import do_what_is_due
from mailflow.intake import Intake, IntakeLimits, NoRoom, file_away, take_in
from mailflow.master import MasterError
from mailflow.outbox.sender import drain, settle_doubtful
from mailflow.parsers.mime import MailRefused
from mailflow.parsers.sandbox import Pending, ReadingFailed, SandboxUnavailable
from mailflow.pipeline import Foreseen, Office, deal_with, foresee
from mailflow.ports import (
    Clock,
    LoginRefused,
    Mailbox,
    MailRow,
    Sender,
    Spool,
    StoreTrouble,
    Trouble,
)
from mailflow.store.spool import SpoolDamaged

MOST_ATTEMPTS = 3
"""After so many a mail is set aside with its raw bytes and shown to a person (K04)."""

AHEAD = 2
"""Mails being read while one is decided: the child works while the parent does."""

FORESEEN = 3
"""Mails whose lists are being made while one is decided: that takes longer than deciding."""

NO_REGISTER = "master data: no products are loaded: fill in the registers; mails wait meanwhile"

log = structlog.get_logger()

Read = Callable[[bytes], Pending[Reading]]


@dataclass(frozen=True, slots=True)
class Works:
    """All that a pass needs; the roof plugs it together."""

    office: Office
    mailbox: Callable[[], Mailbox]
    sender: Callable[[], Sender]
    spool: Spool
    read: Read
    clock: Clock
    digest_at: time
    limits: Callable[[], IntakeLimits]
    refresh: Callable[[], None]


@dataclass(slots=True)
class PassReport:
    """What one pass did; `states` are those of the mails dealt with, `troubles` what the world
    refused, in words for the operator."""

    taken: int = 0
    dealt: int = 0
    states: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    due: int = 0
    sent: int = 0
    unsent: int = 0
    troubles: tuple[str, ...] = ()


Progress = Callable[[str, int, int], None]
"""Told the step, how many are done and how many there are."""


def silent(_step: str, _done: int, _all: int) -> None:
    """For when nobody is looking."""


def one_pass(works: Works, progress: Progress = silent) -> PassReport:
    """Everything that can be done now, once. Trouble of one step does not stop the next."""
    report = PassReport()
    steps: Sequence[Callable[[], None]] = (
        works.refresh,
        lambda: _take_in(works, report, progress),
        lambda: _deal_with_all(works, report, progress),
        lambda: _do_due(works, report),
        lambda: _send(works, report, progress),
        lambda: _file_away(works),
    )
    for step in steps:
        if step is not works.refresh and not works.office.house.lexicon.register.products:
            # Without a register everybody is a stranger: mails wait until there is one.
            report.troubles = report.troubles or (NO_REGISTER,)
            break
        try:
            step()
        except (Trouble, NoRoom, MasterError) as trouble:
            # A full disk troubles every step, and is one trouble; so does a server that is down,
            # whose words then end in how long it is left alone.
            if not str(trouble).startswith(report.troubles or ("\n",)):
                report.troubles = (*report.troubles, str(trouble))
                log.warning("trouble", what=str(trouble))
        except Exception as fault:
            # A step that fails by our own fault must not starve the others.
            report.troubles = (*report.troubles, f"{type(fault).__name__}: {fault}")
            log.exception("step failed")
    return report


def _take_in(works: Works, report: PassReport, progress: Progress) -> None:
    def told(done: int, everything: int) -> None:
        report.taken = done
        progress("take", done, everything)

    intake = Intake(works.mailbox(), works.office.store, works.spool, works.limits(), told)
    take_in(intake, works.clock())


def _deal_with_all(works: Works, report: PassReport, progress: Progress) -> None:
    everything = _how_many(works, progress, "mails", (MailState.WAITING,))
    begun: set[int] = set()
    try:
        while rows := works.office.store.journal.waiting(limit=200):
            before = report.dealt + report.failed
            for underway in _foreseen(works, _ahead(works, rows, begun)):
                if _deal(works, underway, report):
                    report.dealt += 1
                else:
                    report.failed += 1
                begun.remove(underway.row.id)
                progress("deal", report.dealt + report.failed, everything)
            if report.dealt + report.failed == before:
                break
    finally:
        _give_back(works, begun)
    progress("deal", everything, everything)


def _give_back(works: Works, begun: Collection[int]) -> None:
    """Tries that the world's trouble ended are none: a full disk must not use them up."""
    if begun:
        try:
            works.office.store.journal.give_back(begun, works.clock())
        except StoreTrouble as trouble:
            log.warning("tries not given back", mails=sorted(begun), why=str(trouble))


@dataclass(slots=True)
class Underway:
    """A mail that is being read, and what is being made for it meanwhile."""

    row: MailRow
    raw: bytes
    pending: Pending[Reading]
    foreseen: Foreseen | None = None


def _ahead(works: Works, rows: Sequence[MailRow], begun: set[int]) -> Iterator[Underway]:
    """Keep the reader busy with the next mails while the caller decides on one."""
    waiting: list[Underway] = []
    for row in rows:
        if reading := _begin(works, row, begun):
            waiting.append(Underway(row, *reading))
        if len(waiting) > AHEAD:
            yield waiting.pop(0)
    yield from waiting


def _foreseen(works: Works, mails: Iterator[Underway]) -> Iterator[Underway]:
    """Let the lists of the next mails be made while the caller decides on one."""
    waiting: deque[Underway] = deque()
    for underway in mails:
        try:
            reading = underway.pending.result()
            underway.foreseen = foresee(underway.row, reading, underway.raw, works.office)
        except Exception as trouble:
            # It comes again, and is dealt with, when it is this mail's turn.
            log.debug("nothing foreseen", mail=underway.row.id, why=str(trouble))
        waiting.append(underway)
        if len(waiting) > FORESEEN:
            yield waiting.popleft()
    yield from waiting


def _begin(works: Works, row: MailRow, begun: set[int]) -> tuple[bytes, Pending[Reading]] | None:
    """Count and commit the attempt, then start it; None where there were too many before, or
    where there is nothing to read."""
    journal, now = works.office.store.journal, works.clock()
    if row.attempts >= MOST_ATTEMPTS or row.sha256 is None:
        _set_aside(works, row, Aside.QUARANTINED)
        return None
    journal.begin_attempt(row.id, now)
    begun.add(row.id)
    failpoint.reached("attempt.begun")
    try:
        raw = works.spool.get(row.sha256)
    except SpoolDamaged as damage:
        _set_aside(works, row, Aside.DAMAGED, str(damage))
        begun.remove(row.id)
        return None
    return raw, works.read(raw)


def _deal(works: Works, underway: Underway, report: PassReport) -> bool:
    row = underway.row
    try:
        reading = underway.pending.result()
        mail = (row, reading, underway.raw)
        dealt = deal_with(mail, works.office, works.clock(), underway.foreseen)
    except ReadingFailed as verdict:
        log.warning("mail not read", mail=row.id, reason=verdict.reason, attempt=row.attempts + 1)
        _set_aside_if_last(works, row, Aside(f"quarantined:{verdict.reason}"))
        return False
    except MailRefused as verdict:
        _set_aside(works, row, Aside.REFUSED, str(verdict))
        return False
    except SandboxUnavailable as trouble:
        raise Trouble(str(trouble)) from trouble
    except Trouble:
        raise
    except Exception:
        # Our own mistake: set aside with its mail, never in the way of the next one.
        log.exception("mail not dealt with", mail=row.id)
        _set_aside_if_last(works, row, Aside.FAULT)
        return False
    if dealt is not None:
        report.states[dealt.state.value] += 1
        found = sorted({f.code for d in dealt.decisions for f in d.findings})
        log.info(
            "mail",
            mail=row.id,
            state=dealt.state.value,
            reason=dealt.reason,
            documents=len(dealt.decisions),
            findings=found,
        )
    return True


def _set_aside_if_last(works: Works, row: MailRow, why: Aside) -> None:
    if row.attempts + 1 >= MOST_ATTEMPTS:
        _set_aside(works, row, why)


def _set_aside(works: Works, row: MailRow, why: Aside, detail: str = "") -> None:
    works.office.store.journal.set_aside(row.id, why, detail, works.clock())
    log.error("mail set aside", mail=row.id, why=why.value, detail=detail)


def _how_many(works: Works, progress: Progress, kind: str, states: Sequence[str]) -> int:
    """Counted only for somebody: it takes a look at every row."""
    if progress is silent:
        return 0
    counts = works.office.store.records.counts()[kind]
    return sum(counts.get(state, 0) for state in states)


def _do_due(works: Works, report: PassReport) -> None:
    report.due = do_what_is_due(works.office, works.digest_at, works.clock())


def _send(works: Works, report: PassReport, progress: Progress) -> None:
    works.office.store.recover(works.clock())
    shelf, sender = works.office.store.shelf, works.sender()
    settle_doubtful(shelf, sender, works.clock)
    everything = _how_many(works, progress, "messages", (MessageState.READY, MessageState.RETRY))
    drained = drain(shelf, sender, works.clock, lambda sent: progress("send", sent, everything))
    progress("send", everything, everything)
    report.sent = drained.sent
    report.unsent = drained.deferred + drained.failed + drained.unknown


def _file_away(works: Works) -> None:
    file_away(works.mailbox(), works.office.store, works.clock())


def run(
    works: Works, stop: threading.Event, poll_seconds: int, look: Callable[[], None] | None = None
) -> None:
    """Pass after pass until `stop` is set. The poll is the truth; the mailbox's bell only hurries.

    `schedule` rings; what is due stands in rows, so a bell that was missed loses nothing. `look`
    is a pass that somebody looks at.
    """
    bell = schedule.Scheduler()
    once = look or partial(one_pass, works)
    bell.every(poll_seconds).seconds.do(once)
    once()
    while not stop.is_set():
        if _wait(works, stop, max(0.0, bell.idle_seconds or 0.0)):
            bell.run_all()
        else:
            bell.run_pending()


def _wait(works: Works, stop: threading.Event, seconds: float) -> bool:
    """Wait for the mailbox's bell; on trouble just for the time. True when it may have rung."""
    if seconds == 0.0 or stop.is_set():
        return False
    try:
        works.mailbox().wait(seconds)
    except LoginRefused as trouble:
        log.error("login refused", what=str(trouble))
        stop.wait(seconds)
    except Trouble as trouble:
        log.warning("trouble", what=str(trouble))
        stop.wait(seconds)
    return not stop.is_set()
