"""The loop: fetch, decide, do what is due, send; it survives every mail and every outage."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

import schedule

from mailflow.budgeting import warn_of_budgets
from mailflow.calling import look_after_consumers
from mailflow.collecting import remind_of_payments
from mailflow.confirming import remind_of_announcements, tell_of_lost
from mailflow.dealing import deal_with_all
from mailflow.domain.master import lacking_in
from mailflow.due import do_what_is_due
from mailflow.filing import file_away
from mailflow.goods_clock import look_after_goods
from mailflow.intake import Intake, NoRoom, take_in
from mailflow.log import get_logger
from mailflow.master import MasterError
from mailflow.monthly import do_what_the_month_asks
from mailflow.ports import LoginRefused, Trouble
from mailflow.publishing import send_statistics
from mailflow.reminding import remind
from mailflow.request_chasing import chase_requests
from mailflow.rereading import read_filed_again
from mailflow.retaining import delete_what_is_over
from mailflow.sending import Sending
from mailflow.statements import send_statements
from mailflow.works import PassReport, Progress, Works, silent

NO_REGISTER = "master data: no {} are loaded: fill in the registers; mails wait meanwhile"

log = get_logger()


def one_pass(
    works: Works, progress: Progress = silent, report: PassReport | None = None
) -> PassReport:
    """Everything that can be done now, once. Trouble of one step does not stop the next.

    What is done is counted in `report` while it is done, for whoever looks on.
    """
    report = report or PassReport()
    sending = Sending(works, report, progress)
    steps: Sequence[Callable[[], None]] = (
        works.refresh,
        lambda: _take_in(works, report, progress),
        lambda: deal_with_all(works, report, progress, sending.some),
        lambda: _remind(works, report),
        lambda: _do_due(works, report),
        lambda: _publish(works, report),
        sending.rest,
        lambda: _send_around(works),
        lambda: _file_away(works),
    )
    try:
        for step in steps:
            if works.ending():
                break
            lacking = lacking_in(works.office.house.lexicon.register)
            if step is not works.refresh and lacking:
                # Without a register everybody is a stranger: mails wait until there is one.
                _tell(NO_REGISTER.format(", no ".join(lacking)), report)
                break
            _take(step, report)
        _take(sending.collect, report)
    finally:
        sending.give_up()
    return report


def _take(step: Callable[[], None], report: PassReport) -> None:
    try:
        step()
    except (Trouble, NoRoom, MasterError) as trouble:
        # A full disk troubles every step, and is one trouble; so does a server that is down,
        # whose words then end in how long it is left alone.
        if not str(trouble).startswith(report.troubles or ("\n",)):
            _tell(str(trouble), report)
    except Exception as fault:
        # A step that fails by our own fault must not starve the others.
        report.troubles = (*report.troubles, f"{type(fault).__name__}: {fault}")
        log.exception("step failed")


def _tell(trouble: str, report: PassReport) -> None:
    report.troubles = (*report.troubles, trouble)
    log.warning("trouble", what=trouble)


def _take_in(works: Works, report: PassReport, progress: Progress) -> None:
    def told(done: int, everything: int) -> None:
        report.taken = done
        works.expect()
        progress("take", done, everything)

    intake = Intake(works.mailbox(), works.office.store, works.spool, works.limits(), told)
    for word in take_in(intake, works.clock()):
        _tell(word, report)
    read_filed_again(intake, works.clock())
    report.polled = True


def _remind(works: Works, report: PassReport) -> None:
    report.due += remind(works.office, works.clock())
    report.due += chase_requests(works.office, works.clock())
    report.due += warn_of_budgets(works.office, works.clock())
    report.due += do_what_the_month_asks(works.office, works.clock())
    report.due += remind_of_payments(works.office, works.clock())
    report.due += look_after_goods(works.office, works.clock())
    report.due += tell_of_lost(works.office, works.clock())
    report.due += remind_of_announcements(works.office, works.clock())
    report.due += look_after_consumers(works.office, works.spool, works.clock())


def _do_due(works: Works, report: PassReport) -> None:
    report.due += do_what_is_due(works.office, works.digest_at, works.clock(), works.certificates())
    report.due += send_statements(works.office, works.clock())
    delete_what_is_over(works.office, works.spool, works.clock())


def _publish(works: Works, report: PassReport) -> None:
    report.due += send_statistics(works.office, works.clock())


def _send_around(works: Works) -> None:
    if works.round_trips is not None:
        works.round_trips.send(works.office.store, works.sender(), works.clock())


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
