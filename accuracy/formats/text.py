"""Tables as plain text: separated values in the encodings of Chinese programs, and in a mail's body."""

from __future__ import annotations

import csv
import io
from functools import partial
from random import Random

from accuracy.book import Book
from accuracy.formats.format import Format
from accuracy.values import shown

TEXTUAL = frozenset({"attached"})


def grid_of(book: Book) -> list[list[str]]:
    """The first page that is shown, as a full rectangle of texts."""
    page = next(p for p in book.pages if not p.hidden)
    return [[shown(page.plain(r, c)) for c in range(page.columns)] for r in range(page.rows)]


def separated(separator: str, encoding: str, book: Book, rng: Random) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(grid_of(book))
    return out.getvalue().encode(encoding)


def pasted(book: Book, rng: Random) -> bytes:
    """Cells pasted into a plain text body: tabs between them, breaks in a cell gone."""
    rows = ["\t".join(c.replace("\n", " ") for c in row).rstrip("\t") for row in grid_of(book)]
    return "\n".join(rows).encode("utf-8")


def _csv(name: str, separator: str, encoding: str, suffix: str = "csv") -> Format:
    kind = "text/csv" if suffix == "csv" else "text/plain"
    return Format(name, partial(separated, separator, encoding), suffix, TEXTUAL, kind)


TEXT = (
    _csv("csv gb18030", ",", "gb18030"),
    _csv("csv utf-8", ",", "utf-8"),
    _csv("csv utf-8 bom", ",", "utf-8-sig"),
    _csv("csv utf-16", "\t", "utf-16"),
    _csv("csv semicolon", ";", "gb18030"),
    _csv("txt tabs gbk", "\t", "gb18030", "txt"),
    Format("body text", pasted, "", frozenset(), "text/plain"),
)
