"""Messages go into a Maildir: the same message twice is the same file, so doubt ends by looking."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from mailflow.domain import failpoint
from mailflow.domain.message import Message
from mailflow.ports import NotSent


class MaildirSender:
    """Delivers every message into one Maildir, whoever its recipient is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message, before_end: Callable[[], None]) -> None:
        name = _name(message)
        try:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
            temporary = self._folder / "tmp" / name
            with temporary.open("wb") as file:
                file.write(message.mime)
                file.flush()
                os.fsync(file.fileno())
            failpoint.reached("maildir.written")
            before_end()
            os.replace(temporary, self._folder / "new" / name)
            failpoint.reached("maildir.renamed")
            handle = os.open(self._folder / "new", os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise NotSent(
                f"maildir {self._folder}: {error.strerror}: free space or mend its rights"
            ) from error

    def evidence(self, message: Message) -> bool | None:
        name = _name(message)
        if (self._folder / "new" / name).exists():
            return True
        return any(self._folder.glob(f"cur/{name}*"))

    def close(self) -> None:
        """Nothing is held open."""


def _name(message: Message) -> str:
    """Sorts by time, tells notice and recipient to a person, and is the same on every try."""
    digest = hashlib.sha256(f"{message.message_id}\n{message.recipient}".encode()).hexdigest()[:16]
    who = re.sub(r"[^A-Za-z0-9._-]+", "_", message.recipient.partition("@")[0])[:40]
    at = int(message.created.timestamp())
    return f"{at}.{message.notice}.{who}.{digest}.eml"
