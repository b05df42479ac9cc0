"""A database that another keeps locked is waited for; one that is damaged is left as it is."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailflow.domain.mail import MailKey
from mailflow.ports import Arrival, StoreTrouble
from mailflow.store import engine
from mailflow.store.sql import Opening, open_store
from mailflow.store.sqlite_driver import DRIVER
from tests.scenarios.house import LATER, build_house, some_mails

NOW = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
ARRIVAL = [Arrival(MailKey("a", "INBOX", 1, 1), NOW, 1, "a" * 64)]


@pytest.mark.fault("D04")
def test_who_keeps_a_database_locked_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    store = open_store(
        f"sqlite:///{tmp_path}/mailflow.db", Opening(ZoneInfo("Asia/Shanghai"), exclusive=True)
    )
    other = DRIVER.connect(
        str(tmp_path / "mailflow.db"), isolation_level=None, check_same_thread=False
    )
    other.execute("begin immediate")
    lets_go = threading.Timer(0.3, other.execute, ("rollback",))
    lets_go.start()
    store.journal.record(ARRIVAL, NOW)
    lets_go.join()
    assert len(store.journal.waiting(10)) == 1
    other.close()
    store.close()


@pytest.mark.fault("D04")
def test_who_keeps_it_locked_for_long_is_trouble_in_words_and_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    store = open_store(
        f"sqlite:///{tmp_path}/mailflow.db", Opening(ZoneInfo("Asia/Shanghai"), exclusive=True)
    )
    other = DRIVER.connect(str(tmp_path / "mailflow.db"), isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreTrouble, match=r"locked.*it is tried again"):
        store.journal.record(ARRIVAL, NOW)
    other.execute("rollback")
    store.journal.record(ARRIVAL, NOW)
    assert len(store.journal.waiting(10)) == 1
    other.close()
    store.close()


@pytest.mark.fault("D07")
def test_a_damaged_database_is_not_worked_on_and_stays_as_it_is(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    house.put("1", some_mails("01-clean")["01-clean"])
    assert house.once().returncode == 0
    database = house.folder / "mailflow.db"
    [(page,)] = (
        DRIVER.connect(str(database))
        .execute("select rootpage from sqlite_master where name = 'orders'")
        .fetchall()
    )
    whole = database.read_bytes()
    spoilt = bytearray(whole)
    spoilt[(page - 1) * 4096 : (page - 1) * 4096 + 64] = b"\xff" * 64
    database.write_bytes(spoilt)
    house.put("2", some_mails("07-csv")["07-csv"])
    refused = house.once(LATER[0])
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "damaged" in refused.stderr
    assert "restore the newest backup" in refused.stderr
    assert database.read_bytes() == spoilt
    assert len(list((house.folder / "inbox" / "new").iterdir())) == 1
    database.write_bytes(whole)
    assert house.once(LATER[0]).returncode == 0
    assert [m["reason"] for m in house.rows("mails")] == ["booked", "booked"]
