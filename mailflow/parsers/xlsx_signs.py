"""The signs of XML that can be read without a parser, and that a parser would read alike."""

from __future__ import annotations

import html
import re

TEXT = r"[^<>&]*(?:&(?:amp|lt|gt|quot|apos);[^<>&]*)*"
DECLARATION = (
    r"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'] encoding=["'][Uu][Tt][Ff]-8["']"""
    r"""(?: standalone=["'](?:yes|no)["'])? ?\?>\s*)?"""
)
"""UTF-8, which it is too where nothing is declared."""

_CONTROLS = bytes(sign for sign in range(32) if sign not in b"\t\n")
_NO_SIGNS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def is_plain(data: bytes) -> bool:
    """No sign that XML forbids, and none that a parser turns into another, as it does with CR."""
    if len(data.translate(None, _CONTROLS)) < len(data):
        return False
    return not any(sign in data for sign in _NO_SIGNS)


def unescaped(text: str) -> str:
    """Of a `TEXT`. Not by `xml.sax.saxutils`, which loads all that speaks HTTP and TLS."""
    return html.unescape(text) if "&" in text else text


def pattern(text: str) -> re.Pattern[bytes]:
    """A pattern over bytes, behind the declaration."""
    return re.compile(f"{DECLARATION}{text}".encode("latin-1"))
