"""Markup taken apart in time linear in its length, whatever stands in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_MARK = re.compile(
    r"<!--|-->|<(/?)([A-Za-z][\w:.-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)[^<>]*+>"
    r"|<[!?/][^<>]*+>"
)
_ATTRIBUTE = re.compile(r"([\w:.-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
_CLASS = re.compile(r"[a-z]*\.([\w-]+)", re.IGNORECASE)
RAW = frozenset({"script", "style", "title", "xml"})
"""Elements whose content is not shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag with its attributes, or a text between tags, its entities read."""

    tag: str = ""
    closing: bool = False
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def marks_of(markup: str) -> Iterator[Mark]:
    """Tags and texts in order; comments and what no reader of a page sees are left out."""
    position, unseen = 0, ""
    for match in _MARK.finditer(markup):
        between = markup[position : match.start()]
        position = match.end()
        closing, tag = bool(match[1]), (match[2] or "").casefold()
        if unseen:
            over = match[0] == "-->" if unseen == "!--" else closing and tag == unseen
            unseen = "" if over else unseen
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


@dataclass(frozen=True, slots=True)
class Styles:
    """The classes by which a page hides things, and strikes them out."""

    hiding: frozenset[str] = frozenset()
    striking: frozenset[str] = frozenset()

    @classmethod
    def of(cls, markup: str) -> Styles:
        hiding: set[str] = set()
        striking: set[str] = set()
        for block in re.finditer(r"<style[^<>]*>(.{0,200000}?)</style", markup, re.I | re.S):
            for rule in _RULE.finditer(block[1]):
                names = _CLASS.findall(rule[1])
                if _HIDING.search(rule[2]):
                    hiding.update(names)
                if _STRUCK.search(rule[2]):
                    striking.update(names)
        return cls(frozenset(hiding), frozenset(striking))

    def hides(self, mark: Mark) -> bool:
        a = mark.attributes
        if "hidden" in a or _HIDING.search(a.get("style", "")):
            return True
        return not self.hiding.isdisjoint(a.get("class", "").split())

    def strikes(self, mark: Mark) -> bool:
        a = mark.attributes
        if mark.tag in ("s", "strike", "del") or _STRUCK.search(a.get("style", "")):
            return True
        return not self.striking.isdisjoint(a.get("class", "").split())
