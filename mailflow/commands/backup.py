"""`mailflow backup` and `mailflow restore`: what is kept is copied, and put back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from mailflow import __version__
from mailflow.commands.opening import opened
from mailflow.commands.progress import Progress
from mailflow.commands.saying import Failed, clock, complain, load_config, say, troubles_said
from mailflow.config import Config
from mailflow.ports import StoreTrouble
from mailflow.store.backup import (
    DATABASE,
    SPOOL,
    Manifest,
    blobs,
    copy_blobs,
    copy_database,
    made_before,
    notes,
    put_back,
    read_manifest,
    sha256_of,
    write_manifest,
)
from mailflow.store.engine import sqlite_path
from mailflow.store.schema import Upgrade
from mailflow.store.spool import NOTE
from mailflow.store.sql import Opening, open_store

Told = Callable[[int, int], None]


def backup(config_path: Path, folder: Path) -> int:
    """A folder of its own in `folder`, named by the instant; what is not whole keeps another name."""
    try:
        config = load_config(config_path)
        with troubles_said():
            source = _file_of(config)
            if not source.is_file():
                raise StoreTrouble(f"database {source}: there is none yet: nothing to copy")
            now = clock()
            place = folder / f"mailflow-{now:%Y%m%d-%H%M%S}"
            manifest = _copied(config, source, place, now)
    except OSError as error:
        return _no_disk(error)
    except Failed as failed:
        return failed.code
    say(f"{place}: {manifest.mails} mails, history sealed {manifest.seal or '-'}")
    return 0


def _copied(config: Config, source: Path, place: Path, now: datetime) -> Manifest:
    before = made_before(place.parent)
    begun = place.with_name(f"{place.name}.unfinished")
    begun.mkdir(parents=True, mode=0o700)
    copy_database(source, begun / DATABASE)
    told = _told()
    was = before / SPOOL if before else None
    (begun / SPOOL).mkdir(mode=0o700)
    mails = copy_blobs(config.path(config.spool), begun / SPOOL, told, was)
    seal = _looked_through(config, begun)
    digest = sha256_of(begun / DATABASE)
    manifest = Manifest(now.isoformat(), __version__, digest, mails, seal)
    write_manifest(begun, manifest)
    os.replace(begun, place)
    return manifest


def _looked_through(config: Config, copy: Path) -> str:
    """The seal of a copy that is whole: every mail that it speaks of is there. Raises `StoreTrouble`."""
    store = open_store(f"sqlite:///{copy / DATABASE}", Opening(config.zone))
    try:
        there = {blob.name for blob in blobs(copy / SPOOL)}
        # Deleted since the database was copied: they are gone for good, and not lost.
        there |= {note.name.removesuffix(NOTE) for note in notes(copy / SPOOL)}
        lost = [number for number, sha256 in store.evidence.mails() if sha256 not in there]
        if lost:
            raise StoreTrouble(
                f"mail {lost[0]}: its bytes are not in the spool (of {len(lost)} mails): nothing was "
                "kept of this backup: `mailflow verify` tells which, an older backup may have them"
            )
        for broken in store.evidence.breaks(()):
            raise StoreTrouble(f"history: broken at row {broken.id}: see `mailflow verify`")
        seal = store.evidence.seal()
    finally:
        store.close()
    return str(seal) if seal else ""


def restore(config_path: Path, copy: Path, upgrade: Upgrade) -> int:
    """Where no database is. What was sent since is not known: the outbox is held."""
    try:
        config = load_config(config_path)
        with troubles_said():
            target = _file_of(config)
            if target.exists():
                raise StoreTrouble(
                    f"database {target}: there is one: stop mailflow and move it to another place; it may "
                    "still tell what was sent"
                )
            manifest = read_manifest(copy)
            spool = config.path(config.spool)
            copy_blobs(copy / SPOOL, spool, _told())
            put_back(copy, target)
        with opened(config, exclusive=True, upgrade=upgrade) as app:
            app.store.take_as_restored(f"restored from the backup of {manifest.made}", clock())
    except OSError as error:
        return _no_disk(error)
    except Failed as failed:
        return failed.code
    for line in NEXT:
        say(line.format(made=manifest.made[:16], mails=manifest.mails))
    return 0


NEXT = (
    "restored as of {made} UTC: {mails} mails; nothing is sent for now",
    "1. `mailflow run --once`: mails that came since are read again, also those that were filed away",
    "2. `mailflow list messages --state ready`: what would leave; ask the warehouse, and look among the "
    "sent mails, which orders had left already; `mailflow close message ID --reason …` for each",
    "3. `mailflow release outbox all --reason …`: the rest leaves",
)


def _file_of(config: Config) -> Path:
    path = sqlite_path(config.database_url)
    if path is None:
        raise StoreTrouble(
            "database.url: PostgreSQL is copied and put back by its own pg_dump and pg_restore, then the "
            "spool by hand: docs/operations.md tells in which order"
        )
    return path


def _told() -> Told:
    if not sys.stderr.isatty():
        return lambda _done, _everything: None
    return partial(Progress(), "copy")


def _no_disk(error: OSError) -> int:
    complain(f"{error.filename or 'the backup'}: {error.strerror}: free space or mend its rights")
    return 1
