"""A backup: one folder with a copy of the database as of one moment, and of every mail it speaks of.

The database is copied first. A mail lies in the spool before the database speaks of it, so the spool that
is copied after it has all of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from mailflow.domain.value import dataclass
from mailflow.ports import StoreTrouble
from mailflow.store.spool import NOTE, note_of
from mailflow.store.sqlite_driver import DRIVER

DATABASE, SPOOL, MANIFEST = "mailflow.db", "spool", "backup.json"
CHUNK = 1 << 20
BUSY_SECONDS = 60
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `made` in ISO form, UTC; `seal` how far its history goes."""

    made: str
    program: str
    database_sha256: str
    mails: int
    seal: str


def copy_database(source: Path, target: Path) -> None:
    """As of one moment, while others write; durable when it returns. Raises `StoreTrouble`."""
    try:
        reader = DRIVER.connect(f"file:{source.resolve()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        writer = DRIVER.connect(target)
        try:
            reader.backup(writer)
            writer.execute("PRAGMA journal_mode=delete")
            [(said,)] = writer.execute("PRAGMA quick_check(1)").fetchall()
        finally:
            writer.close()
            reader.close()
    except DRIVER.Error as error:
        raise StoreTrouble(
            f"database {source}: cannot be copied ({error}): look at its disk"
        ) from error
    if said != "ok":
        raise StoreTrouble(
            f"database {source}: its copy is damaged ({said}): keep the backup before"
        )
    _fsync(target)


def blobs(spool: Path) -> list[Path]:
    """The raw mails of a spool, by name."""
    return sorted(p for p in spool.glob("??/*") if len(p.name) == 64 and p.is_file())


def notes(spool: Path) -> list[Path]:
    """What stands in the place of mails that were deleted."""
    return sorted(spool.glob(f"??/*{NOTE}"))


def copy_blobs(source: Path, target: Path, told: Told, before: Path | None = None) -> int:
    """Every mail of a spool into another, each looked at on the way; how many there are. What the
    backup `before` has already is linked: mails never change.

    Notes are copied too: without them the same mail, read again after a restore, would be kept again.
    Raises `StoreTrouble` for one that is not the bytes it was.
    """
    found = blobs(source)
    for done, blob in enumerate(found):
        told(done, len(found))
        place = target / blob.parent.name / blob.name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        twin = before / blob.parent.name / blob.name if before else None
        if place.exists() or (twin is not None and _linked(twin, place)):
            continue
        try:
            raw = _unharmed(blob)
        except FileNotFoundError:
            if not note_of(blob).is_file():
                raise
            continue  # it was deleted meanwhile
        _put(raw, place)
    for note in notes(source):
        place = target / note.parent.name / note.name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put(note.read_bytes(), place)
    told(len(found), len(found))
    return len(found)


def _linked(twin: Path, place: Path) -> bool:
    """A disk that has no links, or another one, gets a copy."""
    try:
        if hashlib.sha256(twin.read_bytes()).hexdigest() != place.name:
            return False
        os.link(twin, place)
    except OSError:
        return False
    return True


def _unharmed(blob: Path) -> bytes:
    raw = blob.read_bytes()
    if hashlib.sha256(raw).hexdigest() != blob.name:
        raise StoreTrouble(
            f"{blob}: not the bytes it was: `mailflow verify` tells of which mail it is"
        )
    return raw


def _put(raw: bytes, place: Path) -> None:
    fresh = place.with_name(f"tmp-{place.name}")
    with fresh.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, place)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Last of all: a folder without one is no backup."""
    path = folder / MANIFEST
    path.write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    _fsync(path)
    _fsync(folder)


def read_manifest(folder: Path) -> Manifest:
    """Raises `StoreTrouble` where this is no backup, or its database is not the one that was copied."""
    path = folder / MANIFEST
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        found = sha256_of(folder / DATABASE)
    except FileNotFoundError as error:
        raise StoreTrouble(
            f"{folder}: no backup: name a folder that `mailflow backup` made"
        ) from error
    except (OSError, ValueError, TypeError) as error:
        raise StoreTrouble(f"{path}: cannot be read ({error}): take another backup") from error
    if found != manifest.database_sha256:
        raise StoreTrouble(
            f"{folder / DATABASE}: not the bytes that were copied: take another backup"
        )
    return manifest


def made_before(folder: Path) -> Path | None:
    """The newest whole backup in a folder of them."""
    whole = (path.parent for path in folder.glob(f"*/{MANIFEST}"))
    return max(whole, key=lambda path: path.name, default=None)


def put_back(copy: Path, database: Path) -> None:
    """The database of a backup where none is; it is there as a whole or not at all."""
    fresh = database.with_name(f"tmp-{database.name}")
    shutil.copyfile(copy / DATABASE, fresh)
    _fsync(fresh)
    os.replace(fresh, database)
    _fsync(database.parent)


def sha256_of(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in _chunks(file.read):
            hashed.update(chunk)
    return hashed.hexdigest()


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(CHUNK):
        yield chunk


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
