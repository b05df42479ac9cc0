"""Messages go into a Maildir: the same message twice is the same file, so doubt ends by looking."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mailflow.domain import failpoint
from mailflow.domain.message import Message
from mailflow.outbox.carrier import CarrierDown
from mailflow.ports import PerhapsSent


class MaildirSender:
    """One Maildir for everybody, made where it is missing; the bytes are the message's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        """A message that was read meanwhile (it then lies in `cur/`) is not laid out again."""
        name = file_name(message)
        try:
            temporary = self._written(name, message.mime)
        except OSError as error:
            raise self._down(error) from error
        failpoint.reached("maildir.written")
        before_end()
        try:
            if self._in_cur(name):
                temporary.unlink()
            else:
                os.replace(temporary, self._folder / "new" / name)
        except OSError as error:
            raise self._down(error) from error
        failpoint.reached("maildir.renamed")
        try:
            _sync_folder(self._folder / "new")
        except OSError as error:
            raise PerhapsSent(f"maildir {self._folder}: {error.strerror}") from error

    def evidence(self, message: Message) -> bool | None:
        """True or false for good; None only where the folder cannot be read."""
        name = file_name(message)
        try:
            return (self._folder / "new" / name).exists() or self._in_cur(name)
        except OSError:
            return None

    def close(self) -> None:
        """Nothing is held open."""

    def _written(self, name: str, mime: bytes) -> Path:
        """The whole message in `tmp/`, on the disk."""
        for part in ("tmp", "new", "cur"):
            (self._folder / part).mkdir(parents=True, exist_ok=True)
        temporary = self._folder / "tmp" / name
        with temporary.open("wb") as file:
            file.write(mime)
            file.flush()
            os.fsync(file.fileno())
        return temporary

    def _in_cur(self, name: str) -> bool:
        with suppress(FileNotFoundError):
            return any(one.partition(":")[0] == name for one in os.listdir(self._folder / "cur"))
        return False

    def _down(self, error: OSError) -> CarrierDown:
        return CarrierDown(
            f"maildir {self._folder}: {error.strerror}: free space or mend its rights"
        )


def file_name(message: Message) -> str:
    """Sorts by time, tells notice and recipient to a person, and is the same on every try."""
    identity = f"{message.message_id}\n{message.recipient}"
    digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
    who = re.sub(r"[^A-Za-z0-9.@_-]+", "_", message.recipient)[:60]
    what = re.sub(r"[^a-z0-9-]+", "_", message.notice)[:40]
    return f"{int(message.created.timestamp())}.{what}.{who}.{digest}.eml"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
