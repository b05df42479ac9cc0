"""The parts of an .xlsx are inflated under limits that are counted, not believed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.spoiled_zip import SPOILED

MAX_INFLATED = 64 * 1024 * 1024
MAX_RATIO = 100
RATIO_FREE = 1024 * 1024
MAX_PARTS = 2_000
PIECE = 256 * 1024
ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})
"""Those expat knows by itself; a workbook's parts are UTF-8 or UTF-16."""
Attributes = dict[str, str]


@dataclass(slots=True)
class Package:
    """An opened .xlsx. Inflated bytes are counted over all parts together."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    left: int = MAX_INFLATED

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part by its name, whatever its letters' case; refused beyond the limits."""
        stored = self.names.get(name.lstrip("/").casefold())
        if stored is None:
            raise corrupt(f"part {name} is missing")
        info, size = self.archive.getinfo(stored), 0
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(PIECE):
                    size += len(piece)
                    self._count(len(piece), size, info.compress_size)
                    yield piece
        except SPOILED as error:
            raise corrupt(f"part {name}: {error}") from error
        except RuntimeError as error:
            raise AttachmentRefused(RefusedBecause.ENCRYPTED, str(error)) from error

    def _count(self, more: int, size: int, compressed: int) -> None:
        self.left -= more
        if self.left < 0 or (size > RATIO_FREE and size > MAX_RATIO * max(compressed, 1)):
            raise AttachmentRefused(RefusedBecause.TOO_LARGE, "inflates beyond all measure")


def corrupt(detail: str) -> AttachmentRefused:
    return AttachmentRefused(RefusedBecause.CORRUPT, detail)


def open_package(raw: bytes) -> Package:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except SPOILED as error:
        raise corrupt(f"not a whole zip archive: {error}") from error
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, f"{len(infos)} parts")
    if sum(i.file_size for i in infos) > MAX_INFLATED:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "inflates beyond all measure")
    return Package(archive, {i.filename.replace("\\", "/").casefold(): i.filename for i in infos})


def local_name(name: str) -> str:
    """`x:row` is `row`: which prefix a writer gave the one namespace that matters is his choice."""
    return name.rpartition(":")[2]


class Locals(dict[str, str]):
    """Local names of the few names a part is made of."""

    def __missing__(self, name: str) -> str:
        made = self[name] = local_name(name)
        return made


def xml_parser() -> expat.XMLParserType:
    """A parser that refuses a DOCTYPE before it can do anything.

    It knows no namespaces: names come as they are written, which is faster and loses nothing here.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    return parser


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """Any other would be looked up among Python's own, which raise whatever they like."""
    if encoding is not None and encoding.casefold() not in ENCODINGS:
        raise corrupt(f"encoding {encoding[:20]!r}")


def _refuse_doctype(*_: object) -> None:
    raise corrupt("a document type declaration has no place in a workbook")


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Walk a part piece by piece, so that it is never in memory as a whole."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise corrupt(f"not well-formed: {error}") from error


def feed_if_whole(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> bool:
    """Walk a part without which a workbook can be read all the same; what is too large is refused."""
    try:
        feed(parser, pieces)
    except AttachmentRefused as refused:
        if refused.reason is not RefusedBecause.CORRUPT:
            raise
        return False
    return True


def _elements(pieces: Iterable[bytes], start: Callable[[str, Attributes], None]) -> None:
    """Tell each element of a small part by local names."""
    parser, local = xml_parser(), Locals()

    def on_start(name: str, attributes: Attributes) -> None:
        start(local[name], {local[k]: v for k, v in attributes.items()})

    parser.StartElementHandler = on_start
    feed(parser, pieces)


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class BookParts:
    """Every worksheet in the book's own order; whether dates count from 1904, and whether the book
    asks to be calculated when it is opened."""

    sheets: tuple[SheetPart, ...]
    since_1904: bool
    to_calculate: bool


def book_parts(package: Package) -> BookParts:
    part = _book_part(package)
    targets = dict(relations(package, part))
    sheets: list[tuple[str, str, str]] = []
    since_1904 = to_calculate = False

    def start(name: str, a: Attributes) -> None:
        nonlocal since_1904, to_calculate
        if name == "sheet":
            sheets.append((a.get("name", ""), a.get("state", "visible"), a.get("id", "")))
        elif name == "workbookPr":
            since_1904 = a.get("date1904", "0") in ("1", "true")
        elif name == "calcPr":
            to_calculate = a.get("fullCalcOnLoad", "0") in ("1", "true")

    _elements(package.pieces(part), start)
    found = [
        SheetPart(name, state != "visible", targets[key][1])
        for name, state, key in sheets
        if key in targets and targets[key][0].endswith("/worksheet")
    ]
    if not found:
        raise AttachmentRefused(RefusedBecause.EMPTY, "no worksheet")
    return BookParts(tuple(found), since_1904, to_calculate)


def _book_part(package: Package) -> str:
    for _, (kind, target) in relations(package, ""):
        if kind.endswith("/officeDocument"):
            return target
    return "xl/workbook.xml"


def relations(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
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
        _elements(package.pieces(rels), start)
    yield from found
