"""A backup is put back: what it did not know is read again, and nothing leaves before somebody looked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mailflow.store.backup import copy_blobs
from mailflow.store.spool import NOTE, FileSpool
from tests.scenarios.house import House, build_house, some_mails

MORNING, NOON = "2026-11-10T09:00:00+08:00", "2026-11-10T12:00:00+08:00"
AFTERNOON, LATER = "2026-11-10T14:00:00+08:00", "2026-11-10T14:20:00+08:00"
FIRST, SECOND = "01-clean", "06-english"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """One order was dealt with, and its list has left."""
    built = build_house(tmp_path / "house")
    built.put(FIRST, some_mails(FIRST)[FIRST])
    assert built.once(MORNING).returncode == 0
    return built


def lists(house: House) -> list[tuple[str, str]]:
    return [
        (m["subject_id"], m["state"])
        for m in house.rows("messages")
        if m["notice"] == "dispatch-list"
    ]


def backed_up(house: House) -> Path:
    done = house.run("backup", str(house.folder / "backups"))
    assert done.returncode == 0, done.stderr
    [made] = sorted((house.folder / "backups").iterdir())
    return made


def lose_everything(house: House) -> None:
    for path in house.folder.glob("mailflow.db*"):
        path.unlink()
    shutil.rmtree(house.folder / "spool")


@pytest.mark.fault("D08")
def test_what_came_after_the_backup_is_read_again_and_nothing_leaves_unseen(house: House) -> None:
    copy = backed_up(house)
    house.put(SECOND, some_mails(SECOND)[SECOND])
    assert house.once(NOON).returncode == 0
    sent = sorted(house.outbox())
    known = {m["id"]: m["state"] for m in house.rows("mails")}
    lose_everything(house)
    done = house.run("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert "nothing is sent for now" in done.stdout
    done = house.once(AFTERNOON)
    assert done.returncode == 1
    assert "outbox: held since" in done.stderr
    assert "mailflow release outbox all" in done.stderr
    mails = {m["id"]: m["state"] for m in house.rows("mails")}
    assert sorted(mails.values()) == sorted(known.values())
    assert set(mails) - set(known), "no number is given out a second time"
    assert sorted(house.outbox()) == sent, "nothing left"
    status = json.loads(house.run("status", "--json").stdout)
    assert "restored from the backup" in status["outbox_held"]
    assert house.run("doctor").returncode == 1
    assert house.run("release", "outbox", "all", "--reason", "looked").returncode == 0
    assert house.once(LATER).returncode == 0
    after = sorted(house.outbox())
    assert len(after) > len(sent)
    assert set(sent) <= set(after)
    assert house.run("verify").returncode == 0


@pytest.mark.fault("D08")
def test_what_had_not_left_at_the_backup_and_left_then_is_found_and_not_sent_again(
    tmp_path: Path,
) -> None:
    house = build_house(tmp_path / "house")
    house.put(FIRST, some_mails(FIRST)[FIRST])
    assert house.run("hold", "outbox", "all", "--reason", "later").returncode == 0
    assert house.once(MORNING).returncode == 1
    copy = backed_up(house)
    assert house.outbox() == []
    assert house.run("release", "outbox", "all", "--reason", "now").returncode == 0
    assert house.once(NOON).returncode == 0
    sent = house.outbox()
    kept = {p.name: p.stat().st_mtime_ns for p in (house.folder / "outbox/new").iterdir()}
    lose_everything(house)
    assert house.run("restore", str(copy)).returncode == 0
    assert house.once(AFTERNOON).returncode == 1
    assert {state for _, state in lists(house)} == {"unknown"}
    assert house.run("release", "outbox", "all", "--reason", "looked").returncode == 0
    assert house.once(LATER).returncode == 0
    assert {state for _, state in lists(house)} == {"accepted"}
    assert house.outbox() == sent
    assert kept == {p.name: p.stat().st_mtime_ns for p in (house.folder / "outbox/new").iterdir()}


@pytest.mark.fault("D08")
def test_an_older_database_that_somebody_put_back_by_hand_is_noticed(house: House) -> None:
    shutil.copy(house.folder / "mailflow.db", house.folder / "older.db")
    house.put(SECOND, some_mails(SECOND)[SECOND])
    assert house.once(NOON).returncode == 0
    sent = house.outbox()
    for path in house.folder.glob("mailflow.db*"):
        path.unlink()
    shutil.copy(house.folder / "older.db", house.folder / "mailflow.db")
    done = house.once(AFTERNOON)
    assert done.returncode == 1
    assert "the database is an older one" in done.stderr
    assert done.stdout.count('"event": "outbox held"') == 1
    assert house.outbox() == sent
    assert len(house.rows("mails")) == 2


def test_a_database_that_was_not_put_back_sends_as_always(house: House) -> None:
    before = len(house.outbox())
    house.put(SECOND, some_mails(SECOND)[SECOND])
    assert house.once(NOON).returncode == 0
    assert len(house.outbox()) > before


def test_a_second_backup_shares_what_did_not_change(house: House) -> None:
    first = backed_up(house)
    first = first.rename(first.with_name("mailflow-20200101-000000"))
    assert house.run("backup", str(house.folder / "backups")).returncode == 0
    second = max((house.folder / "backups").iterdir())
    [blob] = [p for p in (second / "spool").rglob("*") if p.is_file()]
    assert blob.stat().st_nlink == 2
    assert (first / "spool" / blob.parent.name / blob.name).samefile(blob)


@pytest.mark.fault("D09")
def test_a_spool_that_lost_a_mail_makes_no_backup(house: House) -> None:
    [blob] = (house.folder / "spool").glob("??/*")
    raw = blob.read_bytes()
    blob.unlink()
    done = house.run("backup", str(house.folder / "backups"))
    assert done.returncode == 1
    assert "its bytes are not in the spool" in done.stderr
    blob.write_bytes(raw[:-1])
    done = house.run("backup", str(house.folder / "more"))
    assert done.returncode == 1
    assert "not the bytes it was" in done.stderr
    whole = list(house.folder.glob("*/mailflow-*/backup.json"))
    assert not whole


@pytest.mark.fault("D09")
def test_a_mail_that_is_deleted_while_it_is_backed_up_costs_no_backup(
    house: House, tmp_path: Path
) -> None:
    spool = FileSpool(house.folder / "spool")
    [blob] = spool.folder.glob("??/*")
    copied = copy_blobs(
        spool.folder, tmp_path / "copy", lambda *_: spool.forget(blob.name, b"a note")
    )
    assert copied == 1
    assert [p.name for p in (tmp_path / "copy").glob("??/*")] == [f"{blob.name}{NOTE}"]
    # The database that was copied before still speaks of it.
    backed_up(house)


def test_a_mail_that_is_gone_without_a_note_is_lost(tmp_path: Path) -> None:
    spool = FileSpool(tmp_path / "spool")
    blob = spool.folder / (name := spool.put(b"a mail"))[:2] / name
    with pytest.raises(FileNotFoundError):
        copy_blobs(spool.folder, tmp_path / "copy", lambda *_: blob.unlink(missing_ok=True))


def test_a_backup_is_put_back_only_where_it_overwrites_nothing(house: House) -> None:
    copy = backed_up(house)
    done = house.run("restore", str(copy))
    assert done.returncode == 1
    assert "there is one" in done.stderr
    lose_everything(house)
    done = house.run("restore", str(house.folder / "backups"))
    assert done.returncode == 1
    assert "no backup" in done.stderr
    with (copy / "mailflow.db").open("ab") as file:
        file.write(b"x")
    done = house.run("restore", str(copy))
    assert done.returncode == 1
    assert "not the bytes that were copied" in done.stderr
    assert not (house.folder / "mailflow.db").exists()


@pytest.mark.fault("D08")
def test_a_restore_that_was_killed_is_repeated(house: House) -> None:
    copy = backed_up(house)
    lose_everything(house)
    [blob] = (copy / "spool").glob("??/*")
    half = house.folder / "spool" / blob.parent.name
    half.mkdir(parents=True)
    (half / f"tmp-{blob.name}").write_bytes(b"half")
    (house.folder / "tmp-mailflow.db").write_bytes(b"half")
    assert house.run("restore", str(copy)).returncode == 0
    assert house.run("verify").returncode == 0
    assert [m["state"] for m in house.rows("mails")] == ["done"]
