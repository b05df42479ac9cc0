"""The parts of an .xlsx are inflated under limits that are counted, not believed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import AttachmentRefused

MAX_INFLATED = 64 * 1024 * 1024
MAX_RATIO = 100
RATIO_FREE = 1024 * 1024
MAX_PARTS = 2_000
Attributes = dict[str, str]


@dataclass(slots=True)
class Package:
    """An opened .xlsx. Inflated bytes are counted over all parts together."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    left: int = MAX_INFLATED

    def read(self, name: str) -> bytes:
        """One part by its name, whatever its letters' case; refused beyond the limits."""
        stored = self.names.get(name.lstrip("/").casefold())
        if stored is None:
            raise corrupt(f"part {name} is missing")
        info = self.archive.getinfo(stored)
        pieces, size = [], 0
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(256 * 1024):
                    size += len(piece)
                    self._count(len(piece), size, info.compress_size)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise corrupt(f"part {name}: {error}") from error
        except RuntimeError as error:
            raise AttachmentRefused(RefusedBecause.ENCRYPTED, str(error)) from error
        return b"".join(pieces)

    def _count(self, more: int, size: int, compressed: int) -> None:
        self.left -= more
        if self.left < 0 or (size > RATIO_FREE and size > MAX_RATIO * max(compressed, 1)):
            raise AttachmentRefused(RefusedBecause.TOO_LARGE, "inflates beyond all measure")


def corrupt(detail: str) -> AttachmentRefused:
    return AttachmentRefused(RefusedBecause.CORRUPT, detail)


def open_package(raw: bytes) -> Package:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise corrupt(f"not a whole zip archive: {error}") from error
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, f"{len(infos)} parts")
    if sum(i.file_size for i in infos) > MAX_INFLATED:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "inflates beyond all measure")
    return Package(archive, {i.filename.replace("\\", "/").casefold(): i.filename for i in infos})


def parse(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Walk a part by local element names; a DOCTYPE is refused before it can do anything."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise corrupt("a document type declaration has no place in a workbook")

    def on_start(name: str, attributes: Attributes) -> None:
        start(name.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in attributes.items()})

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = on_start
    parser.EndElementHandler = lambda name: end(name.rpartition("}")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise corrupt(f"not well-formed: {error}") from error


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    hidden: bool
    part: str


def sheet_parts(package: Package) -> tuple[tuple[SheetPart, ...], bool]:
    """Every worksheet in the book's own order, and whether dates count from 1904."""
    book_part = _book_part(package)
    targets = dict(_relations(package, book_part))
    sheets: list[tuple[str, str, str]] = []
    since_1904 = False

    def start(name: str, a: Attributes) -> None:
        nonlocal since_1904
        if name == "sheet":
            sheets.append((a.get("name", ""), a.get("state", "visible"), a.get("id", "")))
        elif name == "workbookPr":
            since_1904 = a.get("date1904", "0") in ("1", "true")

    parse(package.read(book_part), start, lambda _: None, lambda _: None)
    found = [
        SheetPart(name, state != "visible", targets[key][1])
        for name, state, key in sheets
        if key in targets and targets[key][0].endswith("/worksheet")
    ]
    if not found:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no worksheet")
    return tuple(found), since_1904


def _book_part(package: Package) -> str:
    for _, (kind, target) in _relations(package, ""):
        if kind.endswith("/officeDocument"):
            return target
    return "xl/workbook.xml"


def _relations(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[tuple[str, tuple[str, str]]] = []

    def start(tag: str, a: Attributes) -> None:
        if tag == "Relationship" and a.get("TargetMode") != "External":
            target = a.get("Target", "")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            found.append(
                (a.get("Id", ""), (a.get("Type", ""), posixpath.normpath(whole).lstrip("/")))
            )

    if rels.casefold() in package.names:
        parse(package.read(rels), start, lambda _: None, lambda _: None)
    yield from found
