"""The shared strings of a workbook: each text once, however many cells show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailflow.domain.document import RefusedBecause
from mailflow.parsers.grid import MAX_TEXT, AttachmentRefused
from mailflow.parsers.xlsx_parts import Attributes, Locals, Package, feed, xml_parser


def shared_strings(package: Package) -> Sequence[str]:
    for name in package.names:
        if name.endswith("sharedstrings.xml"):
            return strings_of(package.pieces(name))
    return ()


def strings_of(pieces: Iterable[bytes]) -> list[str]:
    """Rich text joined, phonetic readings left out."""
    walk = _Walk()
    parser = xml_parser()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text.append
    feed(parser, pieces)
    return walk.found


def within(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "a cell with more text than Excel allows")
    return text


class _Walk:
    """`text` takes every sign between elements; only what stands in a `t` is kept."""

    __slots__ = ("found", "local", "parts", "phonetic", "text")

    def __init__(self) -> None:
        self.local = Locals()
        self.found: list[str] = []
        self.text: list[str] = []
        self.parts: list[str] = []
        self.phonetic = False

    def start(self, name: str, _: Attributes) -> None:
        local = self.local[name]
        if local == "t":
            self.text.clear()
        elif local == "si":
            self.parts.clear()
        elif local == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        local = self.local[name]
        if local == "t":
            if not self.phonetic:
                self.parts.extend(self.text)
        elif local == "si":
            self.found.append(within("".join(self.parts)))
        elif local == "rPh":
            self.phonetic = False
