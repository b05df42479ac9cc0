"""`mailflow doctor`: everything a run needs is looked at; a line each, with the mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from mailflow.app import open_app
from mailflow.calendars import CALENDARS, workdays_in
from mailflow.commands.doctor_libraries import libraries
from mailflow.commands.doctor_library import library
from mailflow.commands.doctor_machine import alarm, pictures, secrets
from mailflow.commands.doctor_mail import sent_around
from mailflow.commands.doctor_people import deputies, owners
from mailflow.commands.doctor_providers import (
    queue,
)
from mailflow.commands.doctor_registers import mailed
from mailflow.commands.doctor_servers import asked, mailbox, transport
from mailflow.commands.examination import Examination, Line
from mailflow.commands.saying import Failed, clock, load_config, say
from mailflow.config import Config, ConfigError
from mailflow.desk.calendar_watch import missing_year
from mailflow.domain.master import NEEDED, MasterKind
from mailflow.domain.register import regions_of
from mailflow.house import pages_of
from mailflow.master import MasterError, assert_prices_fit, disagreements, read_master, register_of
from mailflow.outbox.catalogue import CatalogueError
from mailflow.outbox.specimens import complaints_about
from mailflow.outbox.typeset import CannotTypeset
from mailflow.ports import Trouble
from mailflow.reading import MEGABYTE
from mailflow.rules.check import all_checks
from mailflow.sending import LET_GO

BUILT = 2026
SLACK = timedelta(minutes=5)
"""What clocks of several machines may differ without harm."""


PROBLEMS = (Trouble, ConfigError, MasterError, CatalogueError, CannotTypeset)
WORDS = {True: "ok", False: "BAD", None: "note"}


def doctor(config_path: Path, *, by_mail: bool = False) -> int:
    """0 when nothing is wrong. With `by_mail` a mail goes around, too."""
    try:
        config = load_config(config_path)
    except Failed as failed:
        return failed.code
    code = 0
    for name, examine in (*EXAMINATIONS, *((SENT_AROUND,) if by_mail else ())):
        try:
            lines = list(examine(config))
        except OSError as problem:
            text = f"{problem.filename}: {problem.strerror}: mend the path or its rights"
            lines = [Line(False, text)]
        except PROBLEMS as problem:
            lines = [Line(False, text) for text in str(problem).splitlines()]
        for line in lines:
            say(f"{WORDS[line.good]:<6}{name:<15}{line.text}")
            code = max(code, int(line.good is False))
    return code


def _configuration(config: Config) -> Iterator[Line]:
    changed = f"{len(config.checks)} of {len(all_checks())} checks changed"
    yield Line(True, f"every key is known; {changed}")
    if config.trust == "verified":
        server = config.authentication.authserv_id
        believed = (
            f"Authentication-Results of {server} are believed"
            if server
            else (
                "no server's Authentication-Results are believed: where yours writes them, name it in "
                "authentication.authserv_id"
            )
        )
        yield Line(True, f"trust: verified: signatures of senders are checked; {believed}")
    else:
        yield Line(None, "trust: from: the From line is believed; for closed networks only")
    if config.mode != "live":
        where = f" (all to {config.redirect_to})" if config.redirect_to else ""
        yield Line(None, f"mode: {config.mode}{where}: set mode: live when you are content")


def _master_data(config: Config) -> Iterator[Line]:
    tables, bad = {}, []
    for kind, written in config.master.paths():
        path = config.path(written)
        try:
            tables[kind] = read_master(kind, path)
        except MasterError as error:
            bad += str(error).splitlines()
            continue
        if not tables[kind].rows and kind in NEEDED:
            bad.append(f"{path}: no rows: fill it in below the first row")
    yield from (Line(False, text) for text in bad)
    if not bad:
        rows = ", ".join(f"{len(table.rows)} {kind.value}" for kind, table in tables.items())
        register = register_of(tables)
        complaints = list(disagreements(register))
        yield from (Line(False, complaint) for complaint in complaints)
        yield from (Line(True, rows),) if not complaints else ()
        if listed := tables.get(MasterKind.PRICES):
            assert_prices_fit(register, listed.rows, listed.path)
        budgeted = {budget.region for budget in register.budgets}
        free = [r for r in regions_of(register.customers) if budgeted and r not in budgeted]
        if free:
            yield Line(None, f"regions without a budget order as they like: {', '.join(free)}")


def _templates(config: Config) -> Iterator[Line]:
    pages = pages_of(config)
    for language in ("zh", "en"):
        known = set(pages.catalogue.codes(language))
        if missing := sorted({c.code for c in all_checks()} - known):
            yield Line(False, f"findings/{language}.yaml lacks {', '.join(missing)}")
    complaints = complaints_about(pages)
    for complaint in complaints:
        yield Line(False, complaint)
    if not complaints:
        yield Line(True, "every letter can be written in both languages")


def _database(config: Config) -> Iterator[Line]:
    app = open_app(config, clock, exclusive=False)
    try:
        health = app.store.check()
        if health != "ok":
            yield Line(False, f"{health}: stop mailflow and restore it from a backup")
        else:
            yield Line(True, f"{config.database.url.partition('@')[2] or config.database.url}")
        if held := app.store.shelf.held():
            yield Line(False, f"the outbox is {held}: {LET_GO}")
        yield from queue(app.store.shelf, config, clock())
        if not app.spool.has_room(config.limits.mail_megabytes * MEGABYTE):
            yield Line(False, f"{app.spool.folder}: its disk is nearly full: free space")
    finally:
        app.close()


def _clock(config: Config) -> Iterator[Line]:
    """A clock that is behind shows in what was written before."""
    now, last = clock(), asked(config, lambda store: store.records.last_poll())
    if now.year < BUILT or (last is not None and last > now + SLACK):
        before = f", but the last poll was at {last.isoformat()}" if last else ""
        yield Line(False, f"{now.isoformat()}{before}: set this machine's clock, best by NTP")
        return
    yield Line(True, f"{now.astimezone(config.zone).isoformat(timespec='seconds')}")
    if last is not None:
        yield Line(None, f"last completed poll {int((now - last).total_seconds())} s ago")


def _calendar(config: Config) -> Iterator[Line]:
    """Make-up days are announced year by year, and a year without them is counted wrongly."""
    workdays = workdays_in(config.path(CALENDARS), config.zone)
    today = clock().astimezone(config.zone).date()
    mend = f"write its days into {config.path(CALENDARS)}/cn-YYYY.yaml, or upgrade `holidays`"
    if missing := missing_year(today, workdays):
        yield Line(False, f"working days of {missing} are not known: {mend}")
    elif not workdays.is_known(today.year + 1):
        yield Line(None, f"working days of {today.year + 1} are not announced yet: then {mend}")
    else:
        yield Line(True, f"working days of {today.year} and {today.year + 1} are known")


EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    ("configuration", _configuration),
    ("master data", _master_data),
    ("library", library),
    ("mailed data", mailed),
    ("deputies", deputies),
    ("requests", owners),
    ("libraries", libraries),
    ("secrets", secrets),
    ("alarm", alarm),
    ("templates", _templates),
    ("pictures", pictures),
    ("mailbox", mailbox),
    ("transport", transport),
    ("database", _database),
    ("clock", _clock),
    ("calendar", _calendar),
)
SENT_AROUND: tuple[str, Examination] = ("mail around", sent_around)
