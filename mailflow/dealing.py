"""Every mail that waits is read, decided on and answered; none stands in the way of the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mailflow.domain import failpoint
from mailflow.domain.document import Reading
from mailflow.domain.mail import Aside, MailState
from mailflow.log import get_logger
from mailflow.parsers.mime_limits import MailRefused
from mailflow.parsers.sandbox import Pending, ReadingFailed, SandboxUnavailable
from mailflow.pipeline import Foreseen, deal_with, foresee
from mailflow.ports import MailRow, StoreTrouble, Trouble
from mailflow.proving import Proving
from mailflow.store.spool import SpoolDamaged
from mailflow.works import PassReport, Progress, Works, how_many

MOST_ATTEMPTS = 3
"""After so many a mail is set aside with its raw bytes and shown to a person (K04)."""

AHEAD = 2
"""Mails being read while one is decided: the child works while the parent does."""

FORESEEN = 3
"""Mails whose lists are being made while one is decided: that takes longer than deciding."""

CHUNK = 4
"""Mails decided on between two looks at what else there is to do."""

TOGETHER = 4
"""Mails whose attempts are committed as one, before the first of them starts."""

log = get_logger()


def deal_with_all(
    works: Works, report: PassReport, progress: Progress, meanwhile: Callable[[], None]
) -> None:
    """Decide on every mail that waits; `meanwhile` is called after some of them, while the
    children work on those that follow. Where the daemon is to end, those that follow wait."""
    everything = how_many(works, progress, "mails", (MailState.WAITING,))
    begun: set[int] = set()
    try:
        while rows := works.office.store.journal.waiting(limit=200):
            before = report.dealt + report.failed
            for underway in _underway(works, rows, begun):
                if _deal(works, underway, report):
                    report.dealt += 1
                else:
                    report.failed += 1
                begun.remove(underway.row.id)
                progress("deal", report.dealt + report.failed, everything)
                if works.ending():
                    return
                if (report.dealt + report.failed) % CHUNK == 0:
                    meanwhile()
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
    pending: Pending[Reading] | Proving
    foreseen: Foreseen | None = None


def _underway(works: Works, rows: Sequence[MailRow], begun: set[int]) -> Iterator[Underway]:
    """Mails in their order, those that follow begun meanwhile. One that was tried before may be what
    ended the program: nothing else is begun beside it, and none is counted as tried with it (K04)."""
    for was_tried, group in groupby(rows, key=lambda row: row.attempts > 0):
        run = tuple(group)
        for together in ((row,) for row in run) if was_tried else (run,):
            yield from _foreseen(works, _ahead(works, together, begun))


def _ahead(works: Works, rows: Sequence[MailRow], begun: set[int]) -> Iterator[Underway]:
    """Keep the reader busy with the next mails while the caller decides on one."""
    waiting: deque[Underway] = deque()
    for row in _attempted(works, rows, begun):
        if reading := _begin(works, row, begun):
            waiting.append(Underway(row, *reading))
        if len(waiting) > AHEAD:
            yield waiting.popleft()
    yield from waiting


def _attempted(works: Works, rows: Sequence[MailRow], begun: set[int]) -> Iterator[MailRow]:
    """The mails that may be tried, the attempt of each counted and committed; those that were
    tried too often, or of which there is nothing to read, are set aside."""
    for start in range(0, len(rows), TOGETHER):
        fit = []
        for row in rows[start : start + TOGETHER]:
            if row.attempts >= MOST_ATTEMPTS or row.sha256 is None:
                _set_aside(works, row, Aside.QUARANTINED)
            else:
                fit.append(row)
        if fit:
            ids = [row.id for row in fit]
            works.office.store.journal.begin_attempts(ids, works.clock())
            begun.update(ids)
            failpoint.reached("attempt.begun")
        yield from fit


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


def _begin(
    works: Works, row: MailRow, begun: set[int]
) -> tuple[bytes, Pending[Reading] | Proving] | None:
    """Start an attempt; None where the spool has not the bytes any more."""
    try:
        raw = works.spool.get(row.sha256 or "")
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
