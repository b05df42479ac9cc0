"""Tables in HTML: named .xls by programs, or pasted into a mail by people."""

from __future__ import annotations

from functools import partial
from html import escape
from random import Random

from accuracy.book import Book, Page
from accuracy.formats.format import Format
from accuracy.values import shown


def rows_of(page: Page, cell: str, breaks: str = "<br>") -> str:
    """`cell` has the attributes of each cell."""
    spans = {(t, left): (b - t + 1, right - left + 1) for t, left, b, right in page.merges}
    covered = {
        (r, c)
        for t, left, b, right in page.merges
        for r in range(t, b + 1)
        for c in range(left, right + 1)
        if (r, c) != (t, left)
    }
    rows = []
    for row in range(page.rows):
        cells = []
        for column in range(page.columns):
            if (row, column) in covered:
                continue
            down, across = spans.get((row, column), (1, 1))
            merged = (f" rowspan={down}" if down > 1 else "") + (
                f" colspan={across}" if across > 1 else ""
            )
            text = escape(shown(page.plain(row, column))).replace("\n", breaks)
            cells.append(f"<td{merged}{cell}>{text or '&nbsp;'}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join(rows)


def _shown(book: Book) -> Page:
    return next(p for p in book.pages if not p.hidden)


def named_xls(charset: str, book: Book, rng: Random) -> bytes:
    """What web programs hand out as a workbook."""
    text = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>'
        f'<table border="1">{rows_of(_shown(book), "")}</table></body></html>'
    )
    return text.encode("gb18030" if charset == "gb2312" else charset)


def outlook(book: Book, rng: Random) -> bytes:
    style = ' style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"'
    rows = rows_of(_shown(book), style).replace(
        "&nbsp;", "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    )
    text = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>'
        "p.MsoNormal{margin:0cm;font-family:等线}</style></head><body lang=ZH-CN><div class=WordSection1>"
        "<p class=MsoNormal>BEFORE</p>"
        f'<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style="border-collapse:collapse">{rows}</table>'
        "<p class=MsoNormal>AFTER</p></div></body></html>"
    )
    return text.encode("utf-8")


def qq(book: Book, rng: Random) -> bytes:
    cells = rows_of(_shown(book), ' class="et2" style="font-family:宋体;border:0.5pt solid #000"')
    text = (
        "<div>BEFORE</div><div><br></div>"
        f'<table width="800" border="0" cellpadding="0" cellspacing="0"><colgroup><col width="72"></colgroup><tbody>{cells}</tbody></table>'
        "<div><br></div><div>AFTER</div>"
        '<div style="font-family:Verdana"><div>------------------&nbsp;</div><div>区域经理</div></div>'
    )
    return text.encode("utf-8")


def wps(book: Book, rng: Random) -> bytes:
    cells = rows_of(
        _shown(book), ' class="xl65" x:str style="height:14pt;mso-number-format:General"', "<br/>"
    )
    text = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name="ProgId" content="Excel.Sheet"/>'
        "<style><!-- .xl65{mso-style-parent:style0;white-space:normal;} --></style></head><body>"
        f'BEFORE<table cellpadding="0" cellspacing="0"><!--StartFragment-->{cells}<!--EndFragment--></table>AFTER</body></html>'
    )
    return text.encode("utf-8")


ATTACHED = frozenset({"attached", "merged"})
BODY = frozenset({"merged"})
MARKED_UP = (
    Format(
        "html named xls", partial(named_xls, "utf-8"), "xls", ATTACHED, "application/vnd.ms-excel"
    ),
    Format(
        "html gb2312 named xls",
        partial(named_xls, "gb2312"),
        "xls",
        ATTACHED,
        "application/vnd.ms-excel",
    ),
    Format("body outlook", outlook, "", BODY, "text/html"),
    Format("body qq", qq, "", BODY, "text/html"),
    Format("body wps", wps, "", BODY, "text/html"),
)
