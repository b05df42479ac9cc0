"""The program of a story: the real one, opened on its folder as `mailflow run` would, and again after
each death. Only what never changes from one life to the next is kept: letters' templates, the registers
as they were read, what the sandbox's children answered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import structlog

from mailflow import app as house
from mailflow import doors
from mailflow.app import App, open_app
from mailflow.commands.demo_desk.registers import (
    CONFIG,
    CUSTOMERS,
    PRODUCTS,
    STAFF,
    write_register,
)
from mailflow.config import Config, load
from mailflow.daemon import one_pass
from mailflow.outbox.enclosures import Workshops
from mailflow.ports import StoreTrouble
from mailflow.store import sql
from mailflow.store.sqlite_driver import DRIVER
from mailflow.works import PassReport
from tests.proof.carrier import Carrier, PlayedSender
from tests.proof.death import Died, Endless, Reaper, is_dead
from tests.proof.mailbox import MailServer, PlayedMailbox
from tests.proof.reading import InProcess

SERVER = "mx.songping.example"
VERIFIED = f"trust: verified\nauthentication: {{authserv_id: {SERVER}}}"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
said: list[dict[str, Any]] = []
"""The program's log of the story that is played."""


@contextmanager
def heard_logs() -> Iterator[None]:
    def heard(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
        if not is_dead():
            said.append(event)
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[heard], cache_logger_on_first_use=False)
    yield
    structlog.configure(**before)


class NoKeys:
    """A DNS in which nobody's key is found: what counts is what our own server says."""

    def find(self, name: str) -> str | None:
        del name


@dataclass
class Model:
    """What stories begin with: a folder with a database in which the registers are loaded, or are not yet."""

    folder: Path
    reader: InProcess = field(default_factory=InProcess)
    press: InProcess = field(default_factory=InProcess)
    configs: dict[str, Config] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.registers.mkdir(parents=True)
        for kind, rows in (("products", PRODUCTS), ("customers", CUSTOMERS), ("staff", STAFF)):
            write_register(self.registers, kind, rows)
        begin = self.folder / "begin"
        begin.mkdir()
        opened = open_app(
            self.config(begin, ""), lambda: NEW_YEAR, exclusive=True, workshops=self.workshops
        )
        shutil.copytree(begin, self.folder / "bare")
        opened.refresh()
        opened.close()

    @property
    def registers(self) -> Path:
        return self.folder / "registers"

    @property
    def workshops(self) -> Workshops:
        return Workshops(self.reader, self.press)  # type: ignore[arg-type] # has what is used of them

    def begin(self, folder: Path, *, bare: bool = False) -> None:
        shutil.copytree(self.folder / ("bare" if bare else "begin"), folder)

    def config(self, folder: Path, change: str) -> Config:
        """`change` is more configuration; what it says of trust takes the place of the model's."""
        if change not in self.configs:
            text = CONFIG
            for kind in ("products", "customers", "staff"):
                text = text.replace(f"{kind}.xlsx", str(self.registers / f"{kind}.xlsx"))
            if "trust:" in change:
                text = text.replace("trust: from\n", "")
            path = self.folder / "config.yaml"
            path.write_text(text + change, encoding="utf-8")
            self.configs[change] = load(path)
        return self.configs[change].model_copy(update={"base": folder})


@contextmanager
def kept() -> Iterator[None]:
    """What never changes from one life to the next: read again at each start, it would be the same,
    and take longer than the story."""
    pages_of, open_engine = doors.pages_of, sql.open_engine
    templates: dict[str, Any] = {}
    compiled: dict[str, Any] = {}

    def pages(config: Config) -> Any:
        if config.mode not in templates:
            templates[config.mode] = pages_of(config)
        return templates[config.mode]

    def engine_of(url: str) -> Any:
        """A fresh engine; what was compiled for one is right for all, their dialect being one."""
        engine = open_engine(url)
        engine.dialect = compiled.setdefault("dialect", engine.dialect)
        engine._compiled_cache = compiled.setdefault("cache", engine._compiled_cache)
        return engine

    with (
        patch.object(doors, "pages_of", pages),
        patch.object(house, "read_master", cache(house.read_master)),
        patch.object(house, "Lexicon", cache(house.Lexicon)),
        patch.object(sql, "open_engine", engine_of),
    ):
        yield


@dataclass
class Machine:
    """`now` is what the machine's clock says."""

    model: Model
    reaper: Reaper
    server: MailServer
    carrier: Carrier
    mint: Callable[[], str]
    change: str = ""
    now: datetime = NEW_YEAR
    passes: int = 0
    endless: list[str] = field(default_factory=list)
    """Where passes were that did not end."""
    app: App | None = None

    def one_pass(self) -> PassReport | None:
        """One pass, begun by a start where it is dead; None where it died on the way."""
        self.passes += 1
        self.reaper.steps = 0
        try:
            with self.reaper.at_work():
                if self.app is None:
                    self.app = self._opened()
                return one_pass(self.app.works())
        except Died:
            self._buried()
            return None
        except Endless as where:
            self.endless.append(str(where))
            self.stop()
            return PassReport()
        except StoreTrouble as trouble:
            # It ends with a word, and whoever watches over it starts it again.
            self.reaper.move()
            return PassReport(troubles=(str(trouble),))

    def stop(self) -> None:
        if self.app is not None:
            self.app.close()
        self.app = None

    def _opened(self) -> App:
        self.reaper.revive()
        folder = self.reaper.folder
        config = self.model.config(folder, self.change)
        app = open_app(config, lambda: self.now, exclusive=True, workshops=self.model.workshops)
        alive = self.reaper.assert_alive
        app._mailbox = PlayedMailbox(self.server, alive)
        app._sender = PlayedSender(self.carrier, alive, self._state_of)
        app.office.mint = self.mint
        if app.keys is not None:
            app.keys = NoKeys()
        return app

    def _state_of(self, message: int) -> str:
        connection = DRIVER.connect(str(self.reaper.folder / "mailflow.db"))
        try:
            row = connection.execute("select state from outbox where id = ?", (message,)).fetchone()
            return str(row[0]) if row else "nowhere"
        finally:
            connection.close()

    def _buried(self) -> None:
        if self.app is not None:
            self.app.close()
        self.app = None
