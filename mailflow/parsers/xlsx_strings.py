"""The shared strings of a workbook: each text once, however many cells show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import MAX_TEXT, AttachmentRefused
from mailflow.parsers.xlsx_parts import Attributes, Locals, Package, corrupt, feed, xml_parser
from mailflow.parsers.xlsx_signs import TEXT, is_plain, pattern, unescaped

_COUNTS = r'(?: count="\d{1,9}")?(?: uniqueCount="\d{1,9}")?'
_XMLNS = r' xmlns="[^"<>&]*"'
_BEGIN = pattern(rf"<sst(?:{_XMLNS}{_COUNTS}|{_COUNTS}{_XMLNS})>")
_END = re.compile(rb"</sst>\s*\Z")
_STATED = re.compile(rb'ount="(\d+)"')
MOST_STATED = 5_000_000
"""Strings that a part may say it holds: calamine makes room for as many (reliability X04)."""
_STRING = re.compile(rf'(<si><t(?: xml:space="preserve")?>({TEXT})</t></si>\n?)')


@dataclass(frozen=True, slots=True)
class SharedStrings:
    """`struck` are the numbers of those of which a part is struck out."""

    texts: Sequence[str] = ()
    struck: Set[int] = frozenset()


def shared_strings(package: Package) -> SharedStrings:
    for name in package.names:
        if name.endswith("sharedstrings.xml"):
            return strings_of(package.pieces(name))
    return SharedStrings()


def strings_of(pieces: Iterable[bytes]) -> SharedStrings:
    """Rich text joined, phonetic readings left out."""
    xml = b"".join(pieces)
    if plain := _plain_strings(xml):
        return SharedStrings(plain)
    return long_way(xml)


def is_on(a: Attributes) -> bool:
    """Of a mark such as `strike`, which is on where nothing else is said."""
    return a.get("val", "1") not in ("0", "false")


def long_way(xml: bytes) -> SharedStrings:
    walk = _Walk()
    parser = xml_parser()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text.append
    feed(parser, [xml])
    return SharedStrings(walk.found, walk.struck)


def _plain_strings(xml: bytes) -> list[str]:
    """None found where there is anything but strings without parts, as most programs write them.

    Here the pattern covers every sign of the part, so that no parser has to be asked.
    """
    begin, end = _BEGIN.match(xml), _END.search(xml)
    if begin is not None:
        _assert_stated(_STATED.findall(begin[0]))
    if begin is None or end is None or not is_plain(data := xml[begin.end() : end.start()]):
        return []
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return []
    found = _STRING.findall(text)
    if sum(len(whole) for whole, _ in found) < len(text):
        return []
    return [within(unescaped(string)) for _, string in found]


def _assert_stated(counts: Iterable[str | bytes]) -> None:
    if any(count.isdigit() and (len(count) > 9 or int(count) > MOST_STATED) for count in counts):
        raise corrupt("more strings than a workbook can have")


def within(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise AttachmentRefused(RefusedBecause.TOO_LARGE, "a cell with more text than Excel allows")
    return text


class _Walk:
    """`text` takes every sign between elements; only what stands in a `t` is kept."""

    __slots__ = ("found", "local", "parts", "phonetic", "struck", "text")

    def __init__(self) -> None:
        self.local = Locals()
        self.found: list[str] = []
        self.text: list[str] = []
        self.parts: list[str] = []
        self.phonetic = False
        self.struck: set[int] = set()

    def start(self, name: str, a: Attributes) -> None:
        local = self.local[name]
        if local == "t":
            self.text.clear()
        elif local == "si":
            self.parts.clear()
        elif local == "rPh":
            self.phonetic = True
        elif local == "sst":
            _assert_stated([a.get("count", ""), a.get("uniqueCount", "")])
        elif local == "strike" and is_on(a):
            self.struck.add(len(self.found))

    def end(self, name: str) -> None:
        local = self.local[name]
        if local == "t":
            if not self.phonetic:
                self.parts.extend(self.text)
        elif local == "si":
            self.found.append(within("".join(self.parts)))
        elif local == "rPh":
            self.phonetic = False
