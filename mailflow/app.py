"""Who is plugged into what: from one configuration to a house that works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mailflow.config import Config
from mailflow.config_servers import sent_folder_of, since_instant
from mailflow.domain.certificate import Certificate
from mailflow.domain.master import MasterKind, Row
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Register
from mailflow.domain.settlement import Settlement
from mailflow.domain.vitals import Waiting
from mailflow.doors import (
    house_of,
    mailbox_of,
    new_token,
    rehearsal_of,
    round_trips_of,
    sender_of,
    setter_of,
)
from mailflow.intake import IntakeLimits
from mailflow.log import get_logger
from mailflow.mailbox.imap import ImapMailbox
from mailflow.master import (
    MasterTable,
    assert_prices_fit,
    assert_together,
    read_master,
    register_from,
)
from mailflow.outbox.enclosures import Workshops
from mailflow.outbox.guard import Guard
from mailflow.outbox.mime_headers import bare_address
from mailflow.outbox.smtp import SmtpSender
from mailflow.performing import Office
from mailflow.ports import Clock, Mailbox, Sender
from mailflow.proving import Keys, Proving, belief_of, keys_of
from mailflow.reading import MEGABYTE, begin_mail, make_known, workshops_of
from mailflow.round_trip import RoundTrips
from mailflow.store.opened_mark import OpenedMark
from mailflow.store.schema import Upgrade
from mailflow.store.spool import FileSpool
from mailflow.store.sql import Opening, SqlStore, open_store
from mailflow.works import Works

log = get_logger()


@dataclass(slots=True)
class App:
    """Everything a command needs, opened once. `close` ends the child and the connections."""

    config: Config
    clock: Clock
    store: SqlStore
    spool: FileSpool
    workshops: Workshops
    office: Office
    keys: Keys | None
    """Where signatures are checked: the keys of those who sign."""
    round_trips: RoundTrips | None = None
    _mailbox: Mailbox | None = None
    _sender: Sender | None = None
    _settled: tuple[Settlement, ...] = ()
    _seen_library: tuple[int, int] | None = None
    _seen: dict[MasterKind, tuple[int, int] | None] = field(default_factory=dict)

    def mailbox(self) -> Mailbox:
        if self._mailbox is None:
            self._mailbox = mailbox_of(self.config)
        return self._mailbox

    def sender(self) -> Sender:
        if self._sender is None:
            self._sender = sender_of(self.config, self._find)
        return self._sender

    def _find(self, message_id: str) -> bool | None:
        """Whether a message lies in the folder of sent ones; None where that cannot be told."""
        folder = sent_folder_of(self.config.mailbox, self.config.transport)
        mailbox = self.mailbox() if folder else None
        if folder is None or not isinstance(mailbox, ImapMailbox):
            return None
        return mailbox.holds(message_id, folder)

    def certificates(self) -> Sequence[Certificate]:
        """Of the servers that were connected to, as they were then."""
        doors = (self._mailbox, self._sender)
        seen = [d.certificate for d in doors if isinstance(d, ImapMailbox | SmtpSender)]
        return [certificate for certificate in seen if certificate is not None]

    def refresh(self) -> None:
        """Load the registers that changed on disk; tell rules and reader the new names, and the
        reader what was settled.

        Raises `MasterError` for registers that cannot be used: those of before stay in force.
        """
        try:
            self._load_masters()
            self._load_library()
        finally:
            self._use(self.store.register())

    def _use(self, register: Register) -> None:
        is_new = register.version != self.office.house.lexicon.register.version
        settled = tuple(self.store.settlements.active())
        if is_new:
            self.office.house = replace(self.office.house, lexicon=Lexicon(register))
        if is_new or settled != self._settled:
            make_known(self.workshops.sandbox, register, settled)
            self._settled = settled

    def _load_masters(self) -> bool:
        """Load the registers whose files changed: all together hold, or none is taken."""
        paths = {kind: self.config.path(path) for kind, path in self.config.master.paths()}
        marks = {kind: _mark(path) for kind, path in paths.items()}
        if None not in marks.values() and marks == self._seen:
            return False
        tables = {kind: read_master(kind, path) for kind, path in paths.items()}
        register = register_from({kind: self._in_force(t) for kind, t in tables.items()})
        assert_together(register)
        if listed := tables.get(MasterKind.PRICES):
            assert_prices_fit(register, listed.rows, listed.path)
        is_new = self.store.load_masters(
            [(kind, table.sha256, table.rows) for kind, table in tables.items()], self.clock()
        )
        self._seen = marks
        return is_new

    def _in_force(self, table: MasterTable) -> Sequence[Row]:
        """What would hold of a kind: the rows of its file where that is new, else those of the
        database, which a mail may have changed since."""
        if self.store.has_loaded(table.kind, table.sha256):
            return self.store.master_rows(table.kind)
        return table.rows

    def _load_library(self) -> None:
        """By itself: a slip in it keeps no price and no distributor from being taken."""
        if self.config.documents is None:
            return
        path = self.config.path(self.config.documents.index_path)
        mark = _mark(path)
        if mark is not None and mark == self._seen_library:
            return
        table = read_master(MasterKind.PAPERS, path)
        self.store.load_masters([(MasterKind.PAPERS, table.sha256, table.rows)], self.clock())
        self._seen_library = mark

    def read(self, raw: bytes) -> Proving:
        begun = begin_mail(self.workshops.sandbox, raw)
        return Proving(begun, raw, self.workshops.sandbox, self.keys)

    def works(self) -> Works:
        return Works(
            office=self.office,
            mailbox=self.mailbox,
            sender=self.sender,
            spool=self.spool,
            read=self.read,
            expect=self.workshops.start,
            clock=self.clock,
            digest_at=self.config.digest.at,
            limits=self._limits,
            refresh=self.refresh,
            certificates=self.certificates,
            round_trips=self.round_trips,
        )

    def waiting(self) -> Waiting:
        """What waits for the daemon, a mail that is to come back to it included."""
        around = self.round_trips
        away = around.away_since(self.store) if around else None
        return replace(self.store.records.waiting(), away_since=away)

    def _limits(self) -> IntakeLimits:
        first = self.store.first_start(self.clock())
        largest = self.config.limits.mail_megabytes * MEGABYTE
        megabytes = self.config.limits.day_megabytes
        a_day = megabytes * MEGABYTE if megabytes is not None else None
        return IntakeLimits(since_instant(self.config.mailbox, first), largest, a_day)

    def close(self) -> None:
        for door in (self._mailbox, self._sender):
            if door is not None:
                door.close()
        self.workshops.close()
        self.store.close()


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def open_app(
    config: Config,
    clock: Clock,
    *,
    exclusive: bool,
    upgrade: Upgrade | None = None,
    workshops: Workshops | None = None,
) -> App:
    """`workshops` are those that were begun already.

    Raises `ConfigError`, `StoreTrouble`, `MasterError`, `CatalogueError`.
    """
    mark = OpenedMark(config.path(config.spool), clock()) if exclusive else None
    opening = Opening(config.zone, belief_of(config), exclusive, mark, upgrade, config.cut_off)
    store = open_store(config.database_url, opening)
    if mark is not None and (held := store.shelf.held()) and held.since == mark.now:
        log.error("outbox held", why=held.why)
    spool = FileSpool(config.path(config.spool), config.limits.free_megabytes * MEGABYTE)
    workshops = workshops or workshops_of(config)
    setter = setter_of(config, workshops, spool.get)
    own = bare_address(config.transport.sender)
    house = house_of(config)
    redirect_to = rehearsal_of(config)

    store.rehearse(redirect_to, clock())
    office = Office(store, setter, house, Guard(own, redirect_to), new_token)
    if exclusive:
        store.recover(clock())
    keys, around = keys_of(config, _not_found), round_trips_of(config)
    return App(config, clock, store, spool, workshops, office, keys, around)


def _not_found(name: str, why: str) -> None:
    log.warning("key of a sender not found", name=name, why=why)
