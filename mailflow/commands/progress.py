"""Whoever looks at a terminal sees how far long work has come, and at the end what was done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields

from mailflow.works import PassReport

STEPS = {
    "take": "taken in",
    "deal": "dealt with",
    "send": "sent",
    "sum": "periods summed up",
    "verify": "mails looked at",
    "copy": "mails copied",
    "again": "mails read again",
}
SHORT = 10
"""Work of fewer pieces is over before anybody has read a line about it."""


class Progress:
    """One line on standard error, written over and over; nothing of it stays."""

    def __init__(self) -> None:
        self._shown = False

    def __call__(self, step: str, done: int, everything: int) -> None:
        if everything >= SHORT:
            sys.stderr.write(f"\r\x1b[K{done} of {everything} {STEPS[step]}")
            self._shown = True
        if self._shown and done >= everything:
            sys.stderr.write("\r\x1b[K")
            self._shown = False
        sys.stderr.flush()


def summary(report: PassReport) -> str:
    """What one pass, or several, did: `300 mails taken in; 300 dealt with: 210 done, …`."""
    return "; ".join(_parts(report))


def _parts(report: PassReport) -> Iterator[str]:
    yield _counted(report.taken, "mail") + " taken in"
    states = ", ".join(f"{n} {state}" for state, n in sorted(report.states.items()))
    yield f"{report.dealt} dealt with" + (f": {states}" if states else "")
    if report.failed:
        yield f"{report.failed} set aside or to be tried again"
    if report.due:
        yield _counted(report.due, "digest")
    yield _counted(report.sent, "message") + " sent"
    if report.unsent:
        yield f"{report.unsent} not sent yet"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def is_idle(report: PassReport, troubles: tuple[str, ...] = ()) -> bool:
    """Nothing was done, and no other trouble met than before."""
    done = any(
        getattr(report, f.name) for f in fields(report) if f.name not in ("troubles", "polled")
    )
    return not done and report.troubles in ((), troubles)
