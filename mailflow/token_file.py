"""Tokens that were given to us lie in a file that only this user can read, whole or as before."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mailflow.ports import TokenTrouble

MODE = 0o600


@dataclass(frozen=True, slots=True)
class TokenFile:
    """What it holds is the library's; empty where there is none yet."""

    path: Path

    def read(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise TokenTrouble(f"{self.path}: cannot be read: check who owns it") from error

    def write(self, text: str) -> None:
        """Never readable by others, not for a moment."""
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}.new")
        try:
            beside.unlink(missing_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(handle)
            os.replace(beside, self.path)
        except OSError as error:
            raise TokenTrouble(
                f"{self.path}: cannot be written ({error.strerror}): tokens are kept there, let "
                "this user write to its folder"
            ) from error
