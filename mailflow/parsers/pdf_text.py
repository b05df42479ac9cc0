"""The words of a PDF; a scan has none."""

from __future__ import annotations

import io

from pypdf import PdfReader

MOST_PAGES = 300


def pdf_text(data: bytes, longest: int) -> str:
    """Whatever the library raises at a damaged one ends the call in the child, not the mail."""
    book = PdfReader(io.BytesIO(data))
    if book.is_encrypted:
        return ""
    pieces, left = [], longest
    for page in book.pages[:MOST_PAGES]:
        text = page.extract_text()[:left]
        pieces.append(text)
        left -= len(text)
        if left <= 0:
            break
    return "\n".join(pieces)
