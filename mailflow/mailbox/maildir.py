"""A Maildir as mailbox: mails are files, and filing one away is a rename that loses nothing."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from mailflow.domain import failpoint
from mailflow.domain.mail import MailKey, MailState
from mailflow.domain.only_head import MOST_HEAD
from mailflow.domain.value import dataclass
from mailflow.log import get_logger
from mailflow.mailbox.bell import Bell
from mailflow.mailbox.outcomes import FILED, outcome_name
from mailflow.ports import Listed, MailboxTrouble

LOOKED_AT_EVERY = 1.0
"""Seconds between two looks at whether something was put into `new/`."""

log = get_logger()


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    uid: int
    size: int


class MaildirMailbox:
    """The root of one Maildir, wherever it lies: it may be moved to another place as a whole.

    The time of receipt is the moment of intake. A mail's uid is made from its unique name, size
    and time of change, so flags and a move to `cur/` do not change it, while another file under
    an old name, or one that was still being copied when it was listed, is another mail.
    """

    def __init__(self, path: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._monotonic = monotonic
        self.account = f"maildir:{path.resolve().name}"
        self.folder = "INBOX"
        self._files: dict[int, _File] = {}
        self._bell = Bell()

    def uidvalidity(self) -> int:
        return 1

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        """By file name, which in a Maildir begins with the time of delivery."""
        self._look()
        fresh = (file for uid, file in self._files.items() if uid not in known)
        return [
            Listed(MailKey(self.account, self.folder, 1, file.uid), file.size, now)
            for file in sorted(fresh, key=lambda file: file.path.name)
        ]

    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        for key in keys:
            raw = self._read(key.uid)
            if raw is not None:
                yield key, raw

    def heads(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        for key in keys:
            beginning = self._read(key.uid, MOST_HEAD)
            if beginning is not None:
                yield key, beginning

    def _read(self, uid: int, most: int = -1) -> bytes | None:
        """None for a mail that is gone, changes under our hands, or may not be read (logged)."""
        file = self._find(uid)
        if file is None:
            return None
        try:
            raw = _bytes_of(file.path, most)
            same = _as_file(file.path) == file
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("mail not given", path=str(file.path), why=error.strerror)
            return None
        whole = file.size if most < 0 else min(file.size, most)
        return raw if same and len(raw) == whole else None

    def file_away(self, keys: Sequence[MailKey], state: MailState) -> None:
        for key in keys:
            self._file_away(key, state)

    def _file_away(self, key: MailKey, state: MailState) -> None:
        if state is MailState.WAITING or (file := self._find(key.uid)) is None:
            return
        folder = self._path / folder_of(state)
        failpoint.reached("file-away.before")
        try:
            _make_folder(folder)
            os.rename(file.path, _free_name(folder / "cur", file.path.name))
        except FileNotFoundError:
            return
        except OSError as error:
            raise MailboxTrouble(
                f"maildir {folder}: {error.strerror}: free space or mend its rights"
            ) from error
        finally:
            self._files.pop(key.uid, None)
        failpoint.reached("file-away.moved")

    def outcomes(self) -> Iterator[MaildirMailbox]:
        for state in FILED:
            folder = self._path / folder_of(state)
            if (folder / "new").is_dir():
                yield MaildirMailbox(folder, self._monotonic)

    def wait(self, seconds: float) -> None:
        """Sooner than `seconds` when something is put into `new/`."""
        before, until = self._changed(), self._monotonic() + seconds
        while (left := until - self._monotonic()) > 0:
            if self._bell.wait(min(left, LOOKED_AT_EVERY)) or self._changed() != before:
                return

    def ring(self) -> None:
        """End a `wait` at once, also from a signal handler or another thread."""
        self._bell.ring()

    def close(self) -> None:
        self._bell.close()

    def _changed(self) -> int:
        try:
            return (self._path / "new").stat().st_mtime_ns
        except OSError:
            return 0

    def _look(self) -> None:
        try:
            self._files = {file.uid: file for file in _mails(self._path)}
        except OSError as error:
            raise MailboxTrouble(
                f"maildir {self._path}: {error.strerror}: make it a folder with new/, cur/ and "
                "tmp/ in it, or mend mailbox.url"
            ) from error

    def _find(self, uid: int) -> _File | None:
        """Where the mail lies now: another program may have moved it from `new/` to `cur/`."""
        file = self._files.get(uid)
        if file is None or not file.path.exists():
            self._look()
            file = self._files.get(uid)
        return file


def _mails(path: Path) -> Iterator[_File]:
    """Regular files of `new/` and `cur/`; a symbolic link is never followed."""
    for folder in ("new", "cur"):
        place = path / folder
        if folder == "cur" and not place.is_dir():
            continue
        for name in os.listdir(place):
            if name.startswith("."):
                continue
            try:
                file = _as_file(place / name)
            except FileNotFoundError:
                continue  # filed away or read by another program since it was listed
            if file is not None:
                yield file


def _as_file(path: Path) -> _File | None:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return None
    unique = os.fsencode(path.name).partition(b":")[0]
    mark = b"%s\0%d\0%d" % (unique, status.st_size, status.st_mtime_ns)
    uid = int.from_bytes(hashlib.sha256(mark).digest()[:8], "big") >> 4
    return _File(path, uid, status.st_size)


def _bytes_of(path: Path, most: int) -> bytes:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        return file.read(most)


def folder_of(state: MailState) -> str:
    """In the manner of Maildir++."""
    return f".{outcome_name(state)}"


def _make_folder(folder: Path) -> None:
    """A folder in the manner of Maildir++."""
    if not (folder / "maildirfolder").exists():
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "maildirfolder").touch()


def _free_name(place: Path, name: str) -> Path:
    """A name no other mail has: another one of the same name must not be overwritten."""
    unique, _, flags = name.partition(":")
    info = flags or "2,"
    number = 1
    target = place / f"{unique}:{info}"
    while target.exists():
        number += 1
        target = place / f"{unique},{number}:{info}"
    return target
