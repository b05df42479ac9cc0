"""What SQLite alone needs: one daemon, a safe journal, an honest full disk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from mailflow.domain.mail import MailKey
from mailflow.ports import Arrival, StoreTrouble
from mailflow.store.engine import wal_is_safe
from mailflow.store.spool import FileSpool, SpoolDamaged
from mailflow.store.sql import Opening, open_store

NOW = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
EXCLUSIVE = Opening(ZoneInfo("Asia/Shanghai"), exclusive=True)


def test_a_second_daemon_on_one_database_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/mailflow.db"
    first = open_store(url, EXCLUSIVE)
    with pytest.raises(StoreTrouble, match="another mailflow runs"):
        open_store(url, EXCLUSIVE)
    first.close()
    open_store(url, EXCLUSIVE).close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 7), True),
     ((3, 51, 2), False), ((3, 51, 3), True)],
)  # fmt: skip
def test_wal_is_used_only_where_it_loses_nothing(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_a_full_disk_is_trouble_and_leaves_no_trace(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/mailflow.db", EXCLUSIVE)
    engine = store._database.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    @sa.event.listens_for(engine, "connect")
    def small_disk(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    arrivals = [
        Arrival(MailKey("a" * 200, "INBOX", 1, n), NOW, 1, f"{n:064d}") for n in range(2000)
    ]
    with pytest.raises(StoreTrouble, match="full"):
        store.journal.record(arrivals, NOW)
    assert store.records.counts()["mails"] == {}
    store.close()


def test_a_spooled_mail_comes_back_and_is_written_once(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path / "spool")
    sha256 = spool.put(b"a mail")
    assert spool.put(b"a mail") == sha256
    assert spool.get(sha256) == b"a mail"
    assert len([p for p in (tmp_path / "spool").rglob("*") if p.is_file()]) == 1


def test_an_altered_or_missing_blob_is_told_apart_from_a_mail(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path / "spool")
    sha256 = spool.put(b"a mail")
    path = next(p for p in (tmp_path / "spool").rglob("*") if p.is_file())
    path.write_bytes(b"another")
    with pytest.raises(SpoolDamaged, match="not the bytes"):
        spool.get(sha256)
    path.unlink()
    with pytest.raises(SpoolDamaged, match="backup"):
        spool.get(sha256)


def test_leftovers_of_a_killed_write_are_removed_at_the_next_opening(tmp_path: Path) -> None:
    FileSpool(tmp_path / "spool")
    (tmp_path / "spool" / "tmp-left").write_bytes(b"half")
    FileSpool(tmp_path / "spool")
    assert list((tmp_path / "spool").glob("tmp-*")) == []
