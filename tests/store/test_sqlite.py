"""What SQLite alone needs: one daemon, a safe journal, an honest full disk."""

from __future__ import annotations

import resource
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from mailflow.domain.mail import MailKey
from mailflow.intake import Intake, IntakeLimits, take_in
from mailflow.ports import Arrival, StoreTrouble
from mailflow.store.file_system import file_system_of, refuse_network_disk
from mailflow.store.spool import FileSpool, SpoolDamaged
from mailflow.store.sql import Opening, open_store
from mailflow.store.sqlite_driver import DRIVER, journal_mode, wal_is_safe
from tests.contract.fakes import MemoryMailbox

NOW = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
EXCLUSIVE = Opening(ZoneInfo("Asia/Shanghai"), exclusive=True)


@pytest.mark.fault("S10", "Z03")
def test_a_second_daemon_on_one_database_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/mailflow.db"
    first = open_store(url, EXCLUSIVE)
    with pytest.raises(StoreTrouble, match="another mailflow runs"):
        open_store(url, EXCLUSIVE)
    first.close()
    open_store(url, EXCLUSIVE).close()


@pytest.mark.fault("D05")
@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 7), True),
     ((3, 51, 2), False), ((3, 51, 3), True)],
)  # fmt: skip
def test_wal_is_used_only_where_it_loses_nothing(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.fault("D05")
def test_what_is_committed_survives_a_power_cut(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/mailflow.db", EXCLUSIVE)
    with store._database.reading() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]
    store.close()
    assert found == [journal_mode(), 3], "EXTRA flushes at every commit, in either journal"


def test_the_newer_of_two_sqlites_is_used() -> None:
    assert DRIVER.sqlite_version_info >= sqlite3.sqlite_version_info


@pytest.mark.fault("D02")
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


def test_the_folders_of_a_batch_are_settled_once_and_of_what_lay_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []
    monkeypatch.setattr("mailflow.store.spool.fsync_folder", settled.append)
    folder = tmp_path / "spool"
    spool = FileSpool(folder)
    spool.settle()
    assert settled == []
    names = [spool.put(f"mail {n}".encode()) for n in range(20)]
    assert settled == []
    spool.settle()
    spool.settle()
    assert settled == sorted({folder, *(folder / name[:2] for name in names)})
    settled.clear()
    again = FileSpool(folder)
    name = again.put(b"mail 1")
    again.settle()
    assert settled == [folder, folder / name[:2]]


@pytest.mark.fault("K02")
def test_mails_are_settled_before_anything_is_committed_that_speaks_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    spool = FileSpool(tmp_path / "spool")
    monkeypatch.setattr("mailflow.store.spool.fsync_folder", lambda _: steps.append("settled"))
    monkeypatch.setattr("mailflow.intake.failpoint.reached", steps.append)
    mailbox, store = MemoryMailbox(), open_store(f"sqlite:///{tmp_path}/mailflow.db", EXCLUSIVE)
    mailbox.put(b"a mail", NOW)
    limits = IntakeLimits(since=NOW, largest=1000)
    take_in(Intake(mailbox, store, spool, limits, lambda *_: None), NOW)
    store.close()
    assert steps.index("spool.renamed") < steps.index("settled") < steps.index("intake.spooled")


@pytest.mark.fault("D09")
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


@pytest.mark.fault("K01")
def test_leftovers_of_a_killed_write_are_removed_at_the_next_opening(tmp_path: Path) -> None:
    FileSpool(tmp_path / "spool")
    (tmp_path / "spool" / "tmp-left").write_bytes(b"half")
    FileSpool(tmp_path / "spool")
    assert list((tmp_path / "spool").glob("tmp-*")) == []


def test_what_another_process_is_writing_is_no_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = FileSpool(tmp_path / "spool")

    def open_again(name: str) -> None:
        if name == "spool.fsynced":
            FileSpool(tmp_path / "spool")

    monkeypatch.setattr("mailflow.store.spool.failpoint.reached", open_again)
    assert spool.get(spool.put(b"a mail")) == b"a mail"


@pytest.mark.fault("S10")
def test_what_another_process_has_just_begun_is_not_lost_where_it_is_cleared_away(
    tmp_path: Path,
) -> None:
    spool = FileSpool(tmp_path / "spool")
    ends = Event()

    def open_again_and_again() -> None:
        while not ends.is_set():
            FileSpool(tmp_path / "spool")

    with ThreadPoolExecutor(2) as others:
        for _ in range(2):
            others.submit(open_again_and_again)
        try:
            kept = [spool.put(b"%d" % number) for number in range(400)]
        finally:
            ends.set()
    assert [spool.get(sha256) for sha256 in kept] == [b"%d" % number for number in range(400)]


@pytest.mark.fault("D06")
@pytest.mark.parametrize(
    ("place", "kind"),
    [("/srv/desk/mailflow.db", "nfs4"), ("/srv/desk local/mailflow.db", "ext4"),
     ("/srv/deskmate/mailflow.db", "ext4"), ("/mailflow.db", "ext4")],
)  # fmt: skip
def test_the_file_system_of_a_place_is_that_of_the_nearest_mount(
    tmp_path: Path, place: str, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "22 1 0:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
        "23 22 0:2 / /srv/desk rw - ext4 /dev/sdb1 rw\n"
        "24 22 0:3 / /srv/desk rw master:2 shared:7 - nfs4 files.example:/desk rw\n"
        "25 22 0:4 / /srv/desk\\040local rw - ext4 /dev/sdc1 rw\n"
    )
    assert file_system_of(Path(place), mounts) == kind


@pytest.mark.fault("D06")
def test_sqlite_on_a_network_disk_is_refused(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"22 1 0:1 / {tmp_path} rw - cifs //files.example/desk rw\n")
    with pytest.raises(StoreTrouble, match=r"network disk \(cifs\).*PostgreSQL"):
        refuse_network_disk(tmp_path / "mailflow.db", mounts)


def test_where_the_system_does_not_tell_nothing_is_refused(tmp_path: Path) -> None:
    refuse_network_disk(tmp_path / "mailflow.db", tmp_path / "no such file")


@pytest.mark.fault("D04")
def test_who_reads_a_long_list_slowly_keeps_nobody_from_writing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/mailflow.db", EXCLUSIVE)
    news = [Arrival(MailKey("a", "INBOX", 1, n), NOW, 1, f"{n:064d}") for n in range(1200)]
    store.journal.record(news, NOW)
    reader = open_store(f"sqlite:///{tmp_path}/mailflow.db", Opening(ZoneInfo("Asia/Shanghai")))
    rows = reader.records.listing("mails", None)
    next(rows)
    store.journal.completed_poll(NOW)
    assert len(list(rows)) == 1199
    reader.close()
    store.close()


@pytest.mark.fault("D01")
def test_a_spool_that_cannot_write_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path / "spool")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(StoreTrouble, match="free space; mails wait"):
            spool.put(b"x" * 10_000)
        kept = spool.put(b"small enough")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [p.name for p in spool.folder.rglob("*") if p.is_file()] == [kept]


def test_a_spool_whose_folder_is_gone_is_trouble_in_words(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path / "spool", reserve=1)
    assert spool.has_room(1)
    assert not spool.has_room(10**18)
    (tmp_path / "spool").rmdir()
    with pytest.raises(StoreTrouble, match="make the folder anew"):
        spool.has_room(1)
