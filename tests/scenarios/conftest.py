"""What a story of mails needs: a house, between Maildirs or between real servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.registers import CONFIG
from tests.live.dovecot import Dovecot
from tests.live.postfix import Postfix
from tests.scenarios.house import House, build_house
from tests.scenarios.live_house import LiveHouse, Servers

Build = Callable[..., House]
"""A folder and perhaps a configuration give a house."""


@pytest.fixture
def servers(dovecot: Dovecot, postfix: Postfix) -> Servers:
    return Servers(dovecot, postfix)


@pytest.fixture(params=("maildir", "servers"))
def build(request: pytest.FixtureRequest) -> Iterator[Build]:
    """A story that asks for it is played twice. Between servers each message has to arrive once."""
    if request.param == "maildir":
        yield build_house
        return
    servers: Servers = request.getfixturevalue("servers")
    built: list[LiveHouse] = []

    def build_live(folder: Path, config: str = CONFIG) -> House:
        built.append(servers.build(folder, config))
        return built[-1]

    yield build_live
    for house in built:
        assert house.copies() == house.owned()
