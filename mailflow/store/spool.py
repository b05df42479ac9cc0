"""Raw mails under the SHA-256 of their bytes: written once, fsynced, never changed.

What had to be deleted has a note in its place, and never comes back.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from mailflow.domain import failpoint
from mailflow.ports import StoreTrouble

NOTE = ".deleted"


class SpoolDamaged(StoreTrouble):
    """A raw mail is missing or not the bytes it was."""


class FileSpool:
    """A folder tree of blobs. Leftovers of a killed write are removed when it is opened."""

    def __init__(self, folder: Path, reserve: int = 0) -> None:
        """`reserve` bytes stay free beside half as much again as what is to come (D01)."""
        self.folder = folder
        self._reserve = reserve
        self._unsettled: set[Path] = set()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for leftover in folder.glob("tmp-*"):
                _remove_abandoned(leftover)
        except OSError as error:
            raise StoreTrouble(f"spool {folder}: {error.strerror}: mend its rights") from error

    def put(self, raw: bytes) -> str:
        """Bytes are durable when it returns, names once for all of a batch; the same bytes again
        cost a comparison."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self._path(sha256)
        is_there = path.is_file() and path.stat().st_size == len(raw)
        if not is_there and not note_of(path).is_file():
            failpoint.reached("spool.before-write")
            try:
                self._write(path, raw)
            except OSError as error:
                raise self._no_more(error) from error
        # Also where it lay there: who put it may have been killed before it was settled.
        self._unsettled |= {path.parent, self.folder}
        return sha256

    def settle(self) -> None:
        try:
            for folder in sorted(self._unsettled):
                fsync_folder(folder)
        except OSError as error:
            raise self._no_more(error) from error
        self._unsettled.clear()

    def forget(self, sha256: str, note: bytes) -> None:
        """The note is durable before the bytes go."""
        path = self._path(sha256)
        try:
            if not note_of(path).is_file():
                self._write(note_of(path), note)
                fsync_folder(path.parent)
            path.unlink(missing_ok=True)
            fsync_folder(path.parent)
        except OSError as error:
            raise self._no_more(error) from error
        failpoint.reached("spool.forgotten")

    def _no_more(self, error: OSError) -> StoreTrouble:
        return StoreTrouble(
            f"spool {self.folder}: {error.strerror}: free space; mails wait on the server"
        )

    def _write(self, path: Path, raw: bytes) -> None:
        path.parent.mkdir(exist_ok=True, mode=0o700)
        file, temporary = begin_beside(self.folder)
        try:
            with file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
                failpoint.reached("spool.fsynced")
                os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        failpoint.reached("spool.renamed")

    def get(self, sha256: str) -> bytes:
        """Raises `SpoolDamaged`; the hash is checked on every read (reliability D09)."""
        path = self._path(sha256)
        try:
            raw = path.read_bytes()
        except FileNotFoundError as error:
            if note_of(path).is_file():
                raise SpoolDamaged(
                    f"spool: {path}: its time was over, and it was deleted: a note is in its place"
                ) from error
            raise SpoolDamaged(
                f"spool: {path}: it is gone: restore it from the backup of the spool"
            ) from error
        except OSError as error:
            raise StoreTrouble(
                f"spool: {path}: {error.strerror}: check the disk; it is tried again"
            ) from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise SpoolDamaged(f"spool: {path}: not the bytes it was: restore it from a backup")
        return raw

    def has_room(self, size: int) -> bool:
        try:
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise StoreTrouble(
                f"spool {self.folder}: {error.strerror}: make the folder anew or mend its rights"
            ) from error
        return free > size * 3 // 2 + self._reserve

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def note_of(path: Path) -> Path:
    """What stands in the place of a mail that was deleted."""
    return path.with_name(f"{path.name}{NOTE}")


def begin_beside(folder: Path) -> tuple[IO[bytes], Path]:
    """A file to write in the folder of the spool, and its name until it is whole.

    Who opens the spool meanwhile sees by the lock that it is no leftover, or has removed it before it
    was locked: then another is begun."""
    while True:
        handle, name = tempfile.mkstemp(prefix="tmp-", dir=folder)
        file = os.fdopen(handle, "wb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return file, Path(name)
        file.close()


def _remove_abandoned(leftover: Path) -> None:
    """What another living process writes at this moment is left alone."""
    try:
        with leftover.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            leftover.unlink(missing_ok=True)
    except (FileNotFoundError, BlockingIOError):
        return


def fsync_folder(folder: Path) -> None:
    """The names in a folder are durable when it returns."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
