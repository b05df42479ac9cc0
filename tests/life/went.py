"""What went out, as whoever got it can read it: every text, every cell, the bytes of every file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from zipfile import is_zipfile

from openpyxl import load_workbook

from tests.life.post import parsed

_READ: dict[Path, Went] = {}


@dataclass(frozen=True)
class Went:
    """A message in the carrier's hands."""

    raw: bytes

    @cached_property
    def message(self) -> EmailMessage:
        return parsed(self.raw)

    @property
    def recipient(self) -> str:
        return str(self.message["To"]).casefold()

    @property
    def name(self) -> str:
        return str(self.message["Message-ID"])

    @cached_property
    def text(self) -> str:
        return "\n".join(_told(self.message))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """SHA-256 of each that is attached."""
        parts = self.message.iter_attachments()
        return tuple(sha256(part.get_payload(decode=True) or b"").hexdigest() for part in parts)  # type: ignore[arg-type] # bytes of a leaf


def went_out(folder: Path) -> list[Went]:
    """Each file is read once: nobody changes what a carrier has."""
    paths = sorted((folder / "outbox/new").glob("*"))
    return [_READ.setdefault(path, Went(path.read_bytes())) for path in paths]


def _told(message: EmailMessage) -> Iterator[str]:
    yield from (f"{name}: {value}" for name, value in message.items())
    for part in message.walk():
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        yield part.get_filename() or ""
        if is_zipfile(io.BytesIO(data)) and "spreadsheet" in part.get_content_type():
            yield from cells_of(data)
        else:
            yield data.decode("utf-8", "replace")


def cells_of(workbook: bytes) -> Iterator[str]:
    """Everything that stands in its cells and beside them."""
    for page in load_workbook(io.BytesIO(workbook)).worksheets:
        for row in page.iter_rows():
            yield from (f"{cell.value} {cell.comment or ''}" for cell in row)
