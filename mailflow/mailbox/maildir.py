"""A Maildir as mailbox: mails are files, and none is ever lost by filing it away."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from mailflow.domain import failpoint
from mailflow.domain.mail import MailKey, MailState
from mailflow.ports import Listed, MailboxTrouble

FOLDER_OF = {state: f".{state.value.capitalize()}" for state in MailState}


class MaildirMailbox:
    """`account` is the Maildir's own path; a mail's uid comes from its file name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.account = f"maildir:{path.resolve()}"
        self.folder = "INBOX"
        self._files: dict[int, Path] = {}
        self._bell = threading.Event()

    def uidvalidity(self) -> int:
        return 1

    def listing(self, known: frozenset[int], now: datetime) -> Sequence[Listed]:
        """A Maildir tells no time of receipt: the moment of intake is it (rulings, 7)."""
        try:
            self._files = {_uid(path): path for path in self._mails()}
            fresh = sorted(
                (path.name, uid, path) for uid, path in self._files.items() if uid not in known
            )
            return [
                Listed(MailKey(self.account, self.folder, 1, uid), path.stat().st_size, now)
                for _, uid, path in fresh
            ]
        except OSError as error:
            raise MailboxTrouble(
                f"{self.account}: {error.strerror}: create it with new/, cur/ and tmp/"
            ) from error

    def _mails(self) -> Iterator[Path]:
        if not (self._path / "new").is_dir():
            raise FileNotFoundError(2, "is no Maildir", str(self._path))
        for folder in ("new", "cur"):
            place = self._path / folder
            if place.is_dir():
                for path in place.iterdir():
                    if not path.name.startswith(".") and path.is_file() and not path.is_symlink():
                        yield path

    def fetch(self, keys: Sequence[MailKey]) -> Iterator[tuple[MailKey, bytes]]:
        for key in keys:
            path = self._files.get(key.uid)
            if path is None:
                continue
            try:
                yield key, path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise MailboxTrouble(f"{path}: {error.strerror}: mend its rights") from error

    def file_away(self, key: MailKey, state: MailState) -> None:
        path = self._files.get(key.uid) or self._find(key.uid)
        if path is None:
            return
        target = self._path / FOLDER_OF[state]
        failpoint.reached("file-away.before")
        try:
            for part in ("new", "cur", "tmp"):
                (target / part).mkdir(parents=True, exist_ok=True)
            name = path.name if ":2," in path.name else f"{path.name}:2,S"
            os.rename(path, target / "cur" / name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise MailboxTrouble(f"{target}: {error.strerror}: mend its rights") from error
        failpoint.reached("file-away.moved")

    def _find(self, uid: int) -> Path | None:
        try:
            self._files = {_uid(path): path for path in self._mails()}
        except OSError:
            return None
        return self._files.get(uid)

    def wait(self, seconds: float) -> None:
        self._bell.wait(seconds)
        self._bell.clear()

    def ring(self) -> None:
        """End a `wait` of another thread."""
        self._bell.set()

    def close(self) -> None:
        self._bell.set()


def _uid(path: Path) -> int:
    """Stable while the file keeps its unique name; flags behind the colon do not count."""
    unique = path.name.partition(":")[0]
    return int.from_bytes(hashlib.sha256(unique.encode("utf-8", "replace")).digest()[:7], "big")
