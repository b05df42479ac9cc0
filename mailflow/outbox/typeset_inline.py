"""Styles are written on every element once, in the template's source: mail programs drop sheets.

QQ, 163 and Outlook ignore a style sheet; inlining each mail anew would double what a letter costs.
"""

from __future__ import annotations

import re
from functools import cache

import css_inline

from mailflow.domain.pattern import pattern

_JINJA = pattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = pattern(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_STAND_IN = pattern(r"<!--jinja(\d+)x-->|jinja(\d+)x")
_CLASS = pattern(r'\sclass="[^"{}]*"')


@cache
def inlined(source: str, css: str) -> str:
    """The template with the sheet's rules as `style` attributes and without its classes.

    What is Jinja's stands aside meanwhile: a statement between elements as a comment, which may
    stand anywhere in a table, an expression or anything inside a tag as a word. A loop over rows
    needs its `<tbody>` written down: the parser would put one inside the loop.
    """
    kept: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"jinja{len(kept) - 1}x"

    def as_comment(match: re.Match[str]) -> str:
        token = match[0]
        is_statement = not kept[int(token[5:-1])].startswith("{{")
        return f"<!--{token}-->" if is_statement else token

    text = _JINJA.sub(stand_in, source)
    parts, last = [], 0
    for tag in _TAG.finditer(text):
        parts.append(re.sub(r"jinja\d+x", as_comment, text[last : tag.start()]))
        parts.append(tag[0])
        last = tag.end()
    parts.append(re.sub(r"jinja\d+x", as_comment, text[last:]))
    text = "".join(parts)
    is_page = "<html" in source
    text = _inliner(css).inline(text) if is_page else _inliner("").inline_fragment(text, css)
    text = _CLASS.sub("", text)
    return _STAND_IN.sub(lambda m: kept[int(m[1] or m[2])], text)


@cache
def _inliner(css: str) -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=False, extra_css=css or None
    )
