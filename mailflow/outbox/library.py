"""Files of the library leave by what its index names, and by nothing else; none outside its folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mailflow.domain.paper import is_below
from mailflow.domain.value import dataclass
from mailflow.ports import Trouble

MOST_BYTES = 20 * 1024 * 1024
"""Of one file: larger ones many mailboxes refuse."""


class NotInLibrary(Trouble):
    """A file of the index is not there, or not in the library's folder; the text says which."""


@dataclass(frozen=True, slots=True)
class Library:
    folder: Path

    def path_of(self, file: str) -> Path:
        """Raises `NotInLibrary`: no name below the folder, or one that leads out of it by links."""
        folder = self.folder.resolve()
        path = (folder / file).resolve()
        if not is_below(file) or not path.is_relative_to(folder):
            raise NotInLibrary(f"{file}: outside of {self.folder}: name a file below it")
        return path

    def fault(self, file: str) -> str:
        """Why a file cannot be sent, in one line; empty where it can."""
        try:
            self._opened(file, look_only=True)
        except NotInLibrary as error:
            return str(error)
        return ""

    def read(self, file: str) -> bytes:
        """Raises `NotInLibrary`."""
        return self._opened(file)

    def _opened(self, file: str, *, look_only: bool = False) -> bytes:
        """The name is resolved, so that a link put there meanwhile is refused."""
        path = self.path_of(file)
        try:
            with os.fdopen(
                os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb"
            ) as found:
                status = os.fstat(found.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise NotInLibrary(f"{file}: no file: name one in the index of {self.folder}")
                if status.st_size > MOST_BYTES:
                    megabytes = MOST_BYTES // 2**20
                    raise NotInLibrary(
                        f"{file}: larger than {megabytes} MB: put a smaller one there"
                    )
                return b"" if look_only else found.read(MOST_BYTES)
        except OSError as error:
            raise NotInLibrary(
                f"{file}: {error.strerror}: put it into {self.folder} or mend the index"
            ) from error


@dataclass(frozen=True, slots=True)
class Lent:
    """A file of the library on its way into a letter."""

    library: Library
    file: str

    def result(self) -> bytes:
        return self.library.read(self.file)
