"""The words of an HTML body for showing; tables are read elsewhere, from the markup itself."""

from __future__ import annotations

import html
import re

_MARK = re.compile(r"<!--|-->|<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*+>|<[!?/][^<>]*+>")
_SPACES = re.compile(r"\s+")
_MANY_LINES = re.compile(r"\n{3,}")
BREAKS = frozenset(
    [
        "br",
        "p",
        "div",
        "tr",
        "li",
        "table",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
    ]
)
CELLS = frozenset({"td", "th"})
UNSEEN = frozenset({"script", "style", "title"})


def plain_text(markup: str) -> str:
    """Text, a line a block, in time linear in the markup whatever stands in it."""
    out: list[str] = []
    position = 0
    unseen = ""
    for match in _MARK.finditer(markup):
        if not unseen:
            out.append(_shown(markup[position : match.start()]))
        position = match.end()
        closing, tag = bool(match[1]), (match[2] or "").casefold()
        if unseen:
            over = match[0] == "-->" if unseen == "!--" else closing and tag == unseen
            unseen = "" if over else unseen
        elif match[0] == "<!--":
            unseen = "!--"
        elif tag in UNSEEN and not closing:
            unseen = tag
        elif tag in BREAKS:
            out.append("\n")
        elif tag in CELLS and not closing:
            out.append("\t")
    if not unseen:
        out.append(_shown(markup[position:]))
    lines = (line.strip() for line in "".join(out).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _shown(text: str) -> str:
    return _SPACES.sub(" ", html.unescape(text))
