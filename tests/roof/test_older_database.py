"""A database of an older version is brought up by the daemon alone; nobody else loads alembic."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mailflow.store.engine import open_engine
from mailflow.store.upgrade import upgrade
from tests.scenarios.house import LATER, House, build_house, some_mails


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path / "house")


def make_older(house: House) -> None:
    engine = open_engine(f"sqlite:///{house.folder}/mailflow.db")
    with engine.begin() as connection:
        upgrade(connection, "0001")
    engine.dispose()


def test_a_command_refuses_an_older_database_and_the_daemon_brings_it_up(house: House) -> None:
    make_older(house)
    for command in (["status"], ["hold", "mail", "1", "--reason", "why"]):
        refused = house.run(*command)
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1
        assert "`mailflow run` brings it to this version" in refused.stderr
    run = house.once()
    assert run.returncode == 0, run.stderr
    assert house.run("status").returncode == 0


def test_no_command_loads_alembic_for_a_database_of_this_version(house: House) -> None:
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    mail = next((house.folder / "inbox" / "new").iterdir())
    commands = (["explain", str(mail)], ["run", "--once"], ["status"], ["list", "mails"])
    for command in commands:
        told = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "mailflow", *command,
             "--config", str(house.config)],
            capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout
        assert "mailflow.store.engine" in told.stderr
        assert "alembic" not in told.stderr


@pytest.mark.fault("Z05")
def test_an_upgrade_that_is_killed_has_not_begun(house: House) -> None:
    make_older(house)
    before = (house.folder / "mailflow.db").read_bytes()
    killed = house.once(MAILFLOW_FAILPOINT="schema.before-commit")
    assert killed.returncode == -signal.SIGKILL
    refused = house.run("status")
    assert "`mailflow run` brings it to this version" in refused.stderr
    assert (house.folder / "mailflow.db").read_bytes() == before
    assert house.once().returncode == 0
    # As it was before stands beside it; a database of this version is not copied.
    copies = [path.name for path in house.folder.glob("mailflow.db.schema-*")]
    assert copies == ["mailflow.db.schema-0001"]
    with closing(sqlite3.connect(house.folder / copies[0])) as books:
        assert books.execute("select version_num from alembic_version").fetchall() == [("0001",)]
    (house.folder / copies[0]).unlink()
    assert house.once(LATER[0]).returncode == 0
    assert not list(house.folder.glob("mailflow.db.schema-*"))
