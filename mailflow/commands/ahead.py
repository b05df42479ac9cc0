"""What commands begin before they import the rest: processes that read, and the first file in one."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.saying import Failed, complain, load_config, troubles_said
from mailflow.config import Config
from mailflow.domain.document import Reading
from mailflow.domain.register import Register
from mailflow.domain.value import dataclass
from mailflow.master import read_master, register_of
from mailflow.outbox.enclosures import Workshops
from mailflow.parsers.sandbox import Pending, Sandbox, SandboxUnavailable
from mailflow.reading import begin_file, begin_mail, make_known, sandbox_of, workshops_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read; `trouble` says why it could not be opened."""

    path: Path
    raw: bytes = b""
    reading: Pending[Reading] | None = None
    trouble: str = ""

    @property
    def is_mail(self) -> bool:
        return self.path.suffix.casefold() == ".eml"


@dataclass(frozen=True, slots=True)
class Begun:
    """Whoever takes it closes the sandbox. The registers are those of the files as they are now."""

    config: Config
    sandbox: Sandbox
    register: Register
    first: Opened


@dataclass(frozen=True, slots=True)
class AtWork:
    """Whoever takes it closes the workshops."""

    path: Path
    config: Config
    workshops: Workshops


def begin_work(config_path: Path) -> AtWork | int:
    """The same for who works on mails: reader and press import while the rest of us does."""
    try:
        config = load_config(config_path)
    except Failed as failed:
        return failed.code
    workshops = workshops_of(config)
    workshops.start()
    return AtWork(config_path, config, workshops)


def begin(config_path: Path, first: Path | None = None) -> Begun | int:
    """The exit code where there is nothing to go on with; why has been said. Without a file there is
    none to be read first."""
    try:
        config = load_config(config_path)
        sandbox = sandbox_of(config)
        sandbox.start()
        with troubles_said():
            register = _register(config)
    except Failed as failed:
        return failed.code
    except SandboxUnavailable as trouble:
        complain(f"{trouble}: see whether the machine has memory and processes left")
        return 1
    make_known(sandbox, register)
    begun = opened(sandbox, first) if first is not None else Opened(Path())
    return Begun(config, sandbox, register, begun)


def opened(sandbox: Sandbox, path: Path) -> Opened:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Opened(path, trouble=f"{error.strerror}: name a mail (.eml) or a workbook")
    if Opened(path).is_mail:
        return Opened(path, raw, begin_mail(sandbox, raw))
    return Opened(path, raw, begin_file(sandbox, path.name, raw))


def _register(config: Config) -> Register:
    tables = {kind: read_master(kind, config.path(path)) for kind, path in config.master.paths()}
    return register_of(tables)
