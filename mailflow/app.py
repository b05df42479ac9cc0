"""Who is plugged into what: from one configuration to a house that works."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from mailflow.config import Config, ConfigError, since_instant
from mailflow.config_url import Endpoint
from mailflow.daemon import Works
from mailflow.domain.document import Reading
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.master import MasterKind
from mailflow.domain.naming import KnownNames, Lexicon
from mailflow.domain.register import Register
from mailflow.intake import IntakeLimits
from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.mailbox.maildir import MaildirMailbox
from mailflow.master import read_master
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.enclosures import Enclosures
from mailflow.outbox.maildir import MaildirSender
from mailflow.outbox.smtp import SmtpSender, SmtpSettings
from mailflow.outbox.typeset import LetterSetter, Stationery
from mailflow.parsers.reader import read_mail
from mailflow.parsers.sandbox import Limits, Pending, Remembered, Sandbox
from mailflow.pipeline import House, Office
from mailflow.ports import Clock, Mailbox, Sender
from mailflow.rules.check import Weight, Weights, all_checks
from mailflow.store.spool import FileSpool
from mailflow.store.sql import Opening, SqlStore, open_store

MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class App:
    """Everything a command needs, opened once. `close` ends the child and the connections."""

    config: Config
    clock: Clock
    store: SqlStore
    spool: FileSpool
    sandbox: Sandbox
    office: Office
    setter: LetterSetter
    _mailbox: Mailbox | None = None
    _sender: Sender | None = None
    _seen: dict[MasterKind, tuple[int, int]] = field(default_factory=dict)

    def mailbox(self) -> Mailbox:
        if self._mailbox is None:
            self._mailbox = mailbox_of(self.config)
        return self._mailbox

    def sender(self) -> Sender:
        if self._sender is None:
            self._sender = sender_of(self.config)
        return self._sender

    def refresh(self) -> None:
        """Load the registers that changed on disk; tell rules and reader the new names."""
        if self._load_masters() or self.office.house.lexicon.register.version == "":
            register = self.store.register()
            self.office.house = replace(self.office.house, lexicon=Lexicon(register))
            self.sandbox.remember("known", KnownNames.of(register))

    def _load_masters(self) -> bool:
        changed = False
        for kind in MasterKind:
            path = self.config.path(getattr(self.config.master, kind.value))
            mark = _mark(path)
            if mark is not None and self._seen.get(kind) == mark:
                continue
            table = read_master(kind, path)
            changed |= self.store.load_master(kind.value, table.sha256, table.rows, self.clock())
            if mark is not None:
                self._seen[kind] = mark
        return changed

    def read(self, raw: bytes) -> Pending[Reading]:
        return self.sandbox.submit(read_mail, raw, Remembered("known"), returns=Reading)

    def works(self) -> Works:
        return Works(
            office=self.office,
            mailbox=self.mailbox,
            sender=self.sender,
            spool=self.spool,
            read=self.read,
            clock=self.clock,
            digest_at=self.config.digest.at,
            limits=self._limits,
            refresh=self.refresh,
        )

    def _limits(self) -> IntakeLimits:
        first = self.store.first_start(self.clock())
        largest = self.config.limits.mail_megabytes * MEGABYTE
        return IntakeLimits(since_instant(self.config.mailbox, first), largest)

    def close(self) -> None:
        for door in (self._mailbox, self._sender):
            if door is not None:
                door.close()
        self.sandbox.close()
        self.store.close()


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def open_app(config: Config, clock: Clock, *, exclusive: bool) -> App:
    """Raises `ConfigError`, `StoreTrouble`, `MasterError`, `CatalogueError`."""
    opening = Opening(config.zone, trust_from=config.trust == "from", exclusive=exclusive)
    store = open_store(config.database_url, opening)
    spool = FileSpool(config.path(config.spool))
    sandbox = sandbox_of(config)
    setter = setter_of(config, sandbox)
    house = House(
        lexicon=Lexicon(Register()),
        weights=weights_of(config),
        language=config.language,
        zone=config.zone,
        shadow=config.mode == "shadow",
    )
    office = Office(store, setter, house)
    if exclusive:
        store.recover(clock())
    return App(config, clock, store, spool, sandbox, office, setter)


def sandbox_of(config: Config) -> Sandbox:
    limits = config.limits
    return Sandbox(
        Limits(
            memory_bytes=limits.parser_megabytes * MEGABYTE,
            cpu_seconds=max(1, limits.parser_seconds * 2 // 3),
            wall_seconds=limits.parser_seconds,
        )
    )


def setter_of(config: Config, sandbox: Sandbox) -> LetterSetter:
    folders = template_folders(config)
    stationery = Stationery(
        sender=config.transport.sender,
        instance=config.instance,
        zone=config.zone,
        folders=folders,
        shadow=config.mode == "shadow",
        redirect_to=config.redirect_to if config.mode == "redirect" else None,
    )
    return LetterSetter(stationery, Enclosures(Catalogue(folders), sandbox, config.language))


def template_folders(config: Config) -> tuple[Path, ...]:
    """The house's own templates first, then those that came with the program."""
    own = (config.path(config.templates),) if config.templates else ()
    return (*own, packaged("templates"))


def packaged(name: str) -> Path:
    """What travels in the wheel; beside the package in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


def weights_of(config: Config) -> Weights:
    """Raises `ConfigError` for a check nobody knows."""
    known = {check.code for check in all_checks()}
    if strange := sorted(set(config.checks) - known):
        raise ConfigError(
            f"checks: {', '.join(strange)}: no such check: see `mailflow rules` for their names"
        )
    found: dict[str, Weight] = {}
    for code, change in config.checks.items():
        if change == "off":
            found[code] = Weight(off=True)
        else:
            found[code] = Weight(
                severity=Severity(change.severity) if change.severity else None,
                asked=Asked(change.asked) if change.asked else None,
            )
    return found


def mailbox_of(config: Config) -> Mailbox:
    endpoint = config.mailbox.url
    if endpoint.path is not None:
        return MaildirMailbox(config.path(endpoint.path))
    password = config.mailbox.password
    ca_file = config.mailbox.ca_file
    return ImapMailbox(
        ImapSettings(
            host=endpoint.host,
            port=endpoint.port,
            user=endpoint.user,
            password=password.reveal(config.base) if password else "",
            folder=config.mailbox.folder,
            tls=endpoint.scheme == "imaps",
            ca_file=str(config.path(ca_file)) if ca_file else None,
        )
    )


SECURITY = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "none"}


def sender_of(config: Config) -> Sender:
    endpoint: Endpoint = config.transport.url
    if endpoint.path is not None:
        return MaildirSender(config.path(endpoint.path))
    password = config.transport.password
    ca_file = config.transport.ca_file
    return SmtpSender(
        SmtpSettings(
            host=endpoint.host,
            port=endpoint.port,
            security=SECURITY[endpoint.scheme],
            user=endpoint.user,
            password=password.reveal(config.base) if password else "",
            ca_file=str(config.path(ca_file)) if ca_file else None,
        )
    )
