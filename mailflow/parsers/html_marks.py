"""Markup taken apart in time linear in its length, whatever stands in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from mailflow.domain.value import dataclass

_MARK = re.compile(
    r"<!--|-->|<(/?)([A-Za-z][\w:.-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)[^<>]*+>"
    r"|<[!?/][^<>]*+>"
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_RULE = re.compile(r"([^{};]{1,400}+)\{([^{}]{0,4000}+)\}")
_CLASS = re.compile(r"[a-z][a-z0-9]*\.([\w-]+)|\.([\w-]+)", re.IGNORECASE)
_TAG = re.compile(r"[a-z][a-z0-9]*", re.IGNORECASE)
_QUOTING = re.compile(r"quote|reply|reference|cite", re.IGNORECASE)
"""In the names that mail programs give to what they quote: `isReplyContent`, `gmail_quote`."""
RAW = frozenset({"script", "style", "title", "xml"})
"""Elements whose content is not shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag with its attributes, or a text between tags, its entities read.

    The rules of a `style` are the text of its mark.
    """

    tag: str = ""
    closing: bool = False
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def marks_of(markup: str) -> Iterator[Mark]:
    """Tags and texts in order; comments and what no reader of a page sees are left out."""
    position, unseen, rules = 0, "", ""
    for match in _MARK.finditer(markup):
        between = markup[position : match.start()]
        position = match.end()
        closing, tag = bool(match[1]), (match[2] or "").casefold()
        if unseen:
            rules += between if unseen == "style" else ""
            if match[0] == "-->" if unseen == "!--" else closing and tag == unseen:
                if unseen == "style":
                    yield Mark("style", text=rules)
                unseen, rules = "", ""
            continue
        if between:
            yield Mark(text=html.unescape(between))
        if match[0] == "<!--":
            unseen = "!--"
        elif tag in RAW and not closing and not match[0].endswith("/>"):
            unseen = tag
        elif tag:
            yield Mark(tag, closing, "", _attributes(match[3] or ""))
    if not unseen and position < len(markup):
        yield Mark(text=html.unescape(markup[position:]))


def _attributes(text: str) -> Mapping[str, str]:
    if not text.strip(" /"):
        return {}
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2] or ""
        found.setdefault(match[1].casefold(), html.unescape(value.strip("\"'")))
    return found


def is_cited(mark: Mark) -> bool:
    """Whether a `blockquote` holds another mail; people set their own words in with it too."""
    said = mark.attributes
    if said.get("type", "").casefold() == "cite" or "cite" in said:
        return True
    names = " ".join(said.get(name, "") for name in ("id", "name", "class"))
    return _QUOTING.search(names) is not None


class Styles:
    """By which tags and classes a page hides things, and strikes them out."""

    def __init__(self) -> None:
        self._hiding: set[str] = set()
        self._striking: set[str] = set()

    def add(self, rules: str) -> None:
        """Rules for one kind of screen or for paper only are not those of this page."""
        plain = _without_blocks(rules.replace("<!--", "").replace("-->", ""))
        for rule in _RULE.finditer(plain):
            names = {name for part in rule[1].split(",") if (name := _simple(part.strip()))}
            if _HIDING.search(rule[2]):
                self._hiding |= names
            if _STRUCK.search(rule[2]):
                self._striking |= names

    def hides(self, mark: Mark) -> bool:
        style = mark.attributes.get("style", "")
        return "hidden" in mark.attributes or _is(mark, style, (_HIDING, self._hiding))

    def strikes(self, mark: Mark) -> bool:
        style = mark.attributes.get("style", "")
        return mark.tag in ("s", "strike", "del") or _is(mark, style, (_STRUCK, self._striking))


def _is(mark: Mark, style: str, by: tuple[re.Pattern[str], set[str]]) -> bool:
    pattern, names = by
    if style and pattern.search(style):
        return True
    classes = mark.attributes.get("class", "").split()
    return bool(names) and (mark.tag in names or any(f".{name}" in names for name in classes))


def _simple(selector: str) -> str:
    """`.name` for a class, the tag for a tag; empty for what depends on its surroundings."""
    if match := _CLASS.fullmatch(selector):
        return f".{match[1] or match[2]}"
    return selector.casefold() if _TAG.fullmatch(selector) else ""


def _without_blocks(rules: str) -> str:
    """Without `@media … { … { … } }` and its like."""
    kept: list[str] = []
    depth, skipping = 0, -1
    for piece in re.split(r"([{}])", rules):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
            if depth == skipping:
                skipping = -1
                continue
        elif skipping < 0 and "@" in piece:
            skipping = depth
        if skipping < 0:
            kept.append(piece)
    return "".join(kept)
