"""Commands open the house the same way, and close it whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mailflow.app import App, open_app
from mailflow.commands.saying import clock, troubles_said
from mailflow.config import Config
from mailflow.outbox.enclosures import Workshops
from mailflow.ports import Clock
from mailflow.store.schema import Upgrade


@contextmanager
def opened(
    config: Config,
    now: Clock = clock,
    *,
    exclusive: bool = False,
    upgrade: Upgrade | None = None,
    workshops: Workshops | None = None,
) -> Iterator[App]:
    with troubles_said():
        app = open_app(config, now, exclusive=exclusive, upgrade=upgrade, workshops=workshops)
        try:
            yield app
        finally:
            app.close()
