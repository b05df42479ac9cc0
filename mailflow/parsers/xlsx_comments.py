"""What people wrote into the comments of a sheet; our own, which a marked copy has, are left out."""

from __future__ import annotations

import re

from mailflow.parsers.grid import MAX_TEXT, Address
from mailflow.parsers.xlsx_parts import (
    Attributes,
    Package,
    feed_if_whole,
    local_name,
    relations,
    xml_parser,
)
from mailflow.parsers.xlsx_scan import address_of

_FOREWORD = re.compile(
    r"^\s*\[(?:Threaded comment|线程批注)\].*?(?:Comment|注释|批注)[:：]\s*", re.DOTALL
)
"""What Excel puts before a comment that older programs cannot answer."""
OURS = "mailflow"
"""The author of the comments in a marked copy."""
MOST_COMMENTS = 2_000


def comments_of(package: Package, sheet: str) -> dict[Address, str]:
    """Raises `AttachmentRefused` for what is too large."""
    found: dict[Address, str] = {}
    for _, (kind, target) in relations(package, sheet):
        if kind.endswith("/comments") and target.casefold() in package.names:
            walk, parser = _Comments(found), xml_parser()
            parser.StartElementHandler = walk.start
            parser.EndElementHandler = walk.end
            parser.CharacterDataHandler = walk.said.append
            feed_if_whole(parser, package.pieces(target))
    return found


class _Comments:
    def __init__(self, found: dict[Address, str]) -> None:
        self.found = found
        self.said: list[str] = []
        self.authors: list[str] = []
        self.reference = self.author = ""
        self.text: list[str] = []

    def start(self, name: str, a: Attributes) -> None:
        local = local_name(name)
        if local in ("author", "t"):
            self.said.clear()
        elif local == "comment":
            self.reference, self.author = a.get("ref", ""), a.get("authorId", "")
            self.text.clear()

    def end(self, name: str) -> None:
        local = local_name(name)
        if local == "author":
            self.authors.append("".join(self.said).strip())
        elif local == "t":
            self.text.append("".join(self.said))
        elif local == "comment" and len(self.found) < MOST_COMMENTS:
            text = _FOREWORD.sub("", "".join(self.text)).strip()[:MAX_TEXT]
            if text and self._author() != OURS:
                self.found[address_of(self.reference)] = text

    def _author(self) -> str:
        known = self.author.isdecimal() and int(self.author[:6]) < len(self.authors)
        return self.authors[int(self.author[:6])] if known else ""
