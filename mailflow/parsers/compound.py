"""Compound documents (the container of .xls, .doc, .msg and encrypted workbooks) opened by counting.

Every chain is bounded by the sectors that are really there, so that no size a file claims is
believed: other readers end the process over such claims.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import AttachmentRefused

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
LAST_SECTOR = 0xFFFFFFFA
"""From here on a sector number is a mark: end of chain, free, table."""
NOBODY = 0xFFFFFFFF
MINI_CUTOFF = 4096
STORAGE, STREAM, ROOT = 1, 2, 5
MAX_ENTRIES = 4_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream or storage by its path; a stream's bytes are taken when they are asked for."""

    path: str
    kind: int
    start: int
    size: int


def _corrupt(detail: str) -> AttachmentRefused:
    return AttachmentRefused(RefusedBecause.CORRUPT, detail)


class Compound:
    """An opened compound document. Raises `AttachmentRefused` wherever it is damaged."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) < HEADER or not raw.startswith(SIGNATURE):
            raise _corrupt("a compound document without a whole header")
        shift, mini_shift = struct.unpack_from("<HH", raw, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise _corrupt("sectors of an unknown size")
        self._raw = raw
        self._sector = 1 << shift
        self._mini_sector = 1 << mini_shift
        self._next = self._table(self._table_sectors())
        (directory,) = struct.unpack_from("<I", raw, 48)
        self.entries = {e.path: e for e in self._directory(self._chain(directory))}
        self._mini: tuple[bytes, list[int]] | None = None

    def stream(self, path: str) -> bytes:
        """The bytes of a stream; raises where there is none, or it is cut off."""
        entry = self.entries.get(path)
        if entry is None or entry.kind != STREAM:
            raise _corrupt(f"stream {path[:40]!r} is missing")
        if entry.size >= MINI_CUTOFF:
            data = self._chain(entry.start)
        else:
            data = self._mini_chain(entry.start)
        if len(data) < entry.size:
            raise _corrupt(f"stream {path[:40]!r} is cut off")
        return data[: entry.size]

    def _at(self, sector: int) -> bytes:
        """A sector; the last of a file may be short, as some writers leave it."""
        start = (sector + 1) * self._sector
        if start >= len(self._raw):
            raise _corrupt("a compound document that is cut off")
        return self._raw[start : start + self._sector]

    def _table_sectors(self) -> Iterator[int]:
        """Where the allocation table lies: 109 in the header, the rest chained."""
        most = len(self._raw) // self._sector + 1
        yield from (s for s in struct.unpack_from("<109I", self._raw, 76) if s < LAST_SECTOR)
        (following,) = struct.unpack_from("<I", self._raw, 68)
        for _ in range(most):
            if following >= LAST_SECTOR:
                return
            block = self._at(following)
            numbers = struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
            if len(numbers) < 2:
                raise _corrupt("the allocation table is cut off")
            yield from (s for s in numbers[:-1] if s < LAST_SECTOR)
            following = numbers[-1]
        raise _corrupt("the allocation table runs in a circle")

    def _table(self, sectors: Iterator[int]) -> list[int]:
        most = len(self._raw) // self._sector + 1
        table: list[int] = []
        for number, sector in enumerate(sectors):
            if number > most:
                raise _corrupt("the allocation table is larger than the file")
            block = self._at(sector)
            table.extend(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))
        return table

    def _chain(self, sector: int) -> bytes:
        """The sectors that follow each other from here, as far as they are in the file."""
        pieces: list[bytes] = []
        seen = bytearray(len(self._next))
        while sector < LAST_SECTOR:
            if sector >= len(seen) or seen[sector]:
                raise _corrupt("a chain of sectors leads nowhere")
            seen[sector] = 1
            pieces.append(self._at(sector))
            sector = self._next[sector]
        return b"".join(pieces)

    def _mini_chain(self, sector: int) -> bytes:
        if self._mini is None:
            root = next((e for e in self.entries.values() if e.kind == ROOT), None)
            (first,) = struct.unpack_from("<I", self._raw, 60)
            links = self._chain(first) if first < LAST_SECTOR else b""
            numbers = list(struct.unpack(f"<{len(links) // 4}I", links[: len(links) // 4 * 4]))
            self._mini = (self._chain(root.start) if root else b"", numbers)
        data, following = self._mini
        pieces: list[bytes] = []
        seen = bytearray(len(following))
        while sector < LAST_SECTOR:
            if sector >= len(seen) or seen[sector]:
                raise _corrupt("a chain of small sectors leads nowhere")
            seen[sector] = 1
            pieces.append(data[sector * self._mini_sector : (sector + 1) * self._mini_sector])
            sector = following[sector]
        return b"".join(pieces)

    def _directory(self, data: bytes) -> Iterator[Entry]:
        """Every entry below the root by its path, such as `Workbook` or `storage/stream`."""
        most = min(len(data) // 128, MAX_ENTRIES)
        seen: set[int] = set()
        todo = [(0, "")]
        while todo:
            number, folder = todo.pop()
            if number >= most or number in seen:
                continue
            seen.add(number)
            raw = data[number * 128 : number * 128 + 128]
            length, kind = struct.unpack_from("<HB", raw, 64)
            left, right, child = struct.unpack_from("<III", raw, 68)
            start, size = struct.unpack_from("<II", raw, 116)
            name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            path = "" if kind == ROOT else folder + name
            if kind in (STORAGE, STREAM, ROOT):
                yield Entry(path, kind, start, size)
            todo += [(left, folder), (right, folder)]
            if kind != STREAM:
                todo.append((child, f"{path}/" if path else ""))
