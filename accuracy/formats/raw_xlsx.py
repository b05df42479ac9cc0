"""Workbooks as WPS and ERP programs write them: allowed or not, people open them every day."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from xml.sax.saxutils import escape, quoteattr

from accuracy.book import Book, Error, Formula, Page, Value, address
from accuracy.formats.format import SHEETS, XLSX_TYPE, Format
from accuracy.formats.shared_formulas import SharedFormulas
from accuracy.values import EPOCH

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass
class Writer:
    """`oddities`: wrong-dimension, no-styles, inline, no-refs, strict, prefixed, shared-formulas,
    rich-text."""

    oddities: frozenset[str]
    strings: list[str] = field(default_factory=list)

    def has(self, oddity: str) -> bool:
        return oddity in self.oddities

    @property
    def main(self) -> str:
        return STRICT_MAIN if self.has("strict") else MAIN

    @property
    def relations(self) -> str:
        return STRICT_RELATIONS if self.has("strict") else RELATIONS

    @property
    def prefix(self) -> str:
        return "x:" if self.has("prefixed") else ""

    def tags(self, text: str) -> str:
        """`<@row>` is `<row>` or `<x:row>`."""
        return text.replace("@", self.prefix)

    def namespace(self) -> str:
        return (
            f'xmlns{":x" if self.has("prefixed") else ""}="{self.main}" xmlns:r="{self.relations}"'
        )

    def sheet(self, page: Page) -> str:
        by_row: dict[int, list[tuple[int, Value]]] = {}
        for (row, column), value in page.cells.items():
            by_row.setdefault(row, []).append((column, value))
        shared = SharedFormulas(page) if self.has("shared-formulas") else None
        # Without addresses a row is where its turn is, so that empty ones have to be there too.
        listed = range(page.rows) if self.has("no-refs") else sorted(by_row)
        rows = "".join(
            self.row(page, r, sorted(by_row.get(r, []), key=lambda c: c[0]), shared) for r in listed
        )
        size = (
            "A1"
            if self.has("wrong-dimension")
            else f"A1:{address(page.rows - 1, page.columns - 1)}"
        )
        merges = "".join(
            f'<@mergeCell ref="{address(t, left)}:{address(b, right)}"/>'
            for t, left, b, right in page.merges
        )
        columns = "".join(
            f'<@col min="{c + 1}" max="{c + 1}" width="9" hidden="1"/>'
            for c in sorted(page.hidden_columns)
        )
        parts = (
            f"<@worksheet {self.namespace()}>",
            f'<@dimension ref="{size}"/>',
            f"<@cols>{columns}</@cols>" if columns else "",
            f"<@sheetData>{rows}</@sheetData>",
            f'<@mergeCells count="{len(page.merges)}">{merges}</@mergeCells>' if merges else "",
            "</@worksheet>",
        )
        return self.document("".join(parts))

    def document(self, text: str) -> str:
        """Only markup holds an at sign before this point: texts carry a stand-in."""
        return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + self.tags(
            text
        ).replace("\x00", "@")

    def row(
        self, page: Page, row: int, cells: list[tuple[int, Value]], shared: SharedFormulas | None
    ) -> str:
        hidden = ' hidden="1"' if row in page.hidden_rows else ""
        said = f' r="{row + 1}"' if not self.has("no-refs") else ""
        if self.has("no-refs"):
            filled = dict(cells)
            cells = [(c, filled.get(c, "")) for c in range(max(filled, default=-1) + 1)]
        inner = "".join(self.cell(page, row, c, v, shared) for c, v in cells)
        return f"<@row{said}{hidden}>{inner}</@row>"

    def cell(
        self, page: Page, row: int, column: int, value: Value, shared: SharedFormulas | None
    ) -> str:
        at = "" if self.has("no-refs") else f' r="{address(row, column)}"'
        if isinstance(value, Formula):
            formula = (
                shared.markup(row, column, value)
                if shared
                else f"<@f>{_said(page.formula(value))}</@f>"
            )
            if isinstance(value.shown, str):
                return f'<@c{at} t="str">{formula}<@v>{_said(value.shown)}</@v></@c>'
            return f"<@c{at}>{formula}<@v>{_number(value.shown)}</@v></@c>"
        if isinstance(value, Error):
            return f'<@c{at} t="e"><@v>{value.text}</@v></@c>'
        if isinstance(value, date):
            style = "" if self.has("no-styles") else ' s="1"'
            return f"<@c{at}{style}><@v>{(value - EPOCH).days}</@v></@c>"
        if isinstance(value, int | Decimal):
            return f"<@c{at}><@v>{_number(value)}</@v></@c>"
        if value == "":
            return f"<@c{at}/>"
        if self.has("inline"):
            return f'<@c{at} t="inlineStr"><@is><@t xml:space="preserve">{_said(value)}</@t></@is></@c>'
        self.strings.append(value)
        return f'<@c{at} t="s"><@v>{len(self.strings) - 1}</@v></@c>'

    def shared_strings(self) -> str:
        items = "".join(f"<@si>{self.string(s)}</@si>" for s in self.strings)
        return self.document(f"<@sst {self.namespace()}>{items}</@sst>")

    def string(self, text: str) -> str:
        if self.has("rich-text") and len(text) > 3:
            first, rest = _said(text[:2]), _said(text[2:])
            runs = f'<@r><@t xml:space="preserve">{first}</@t></@r><@r><@rPr><@b/></@rPr><@t xml:space="preserve">{rest}</@t></@r>'
            return runs + '<@rPh sb="0" eb="1"><@t>zhù yīn</@t></@rPh>'
        return f'<@t xml:space="preserve">{_said(text)}</@t>'

    def workbook(self, book: Book) -> str:
        sheets = "".join(
            f'<@sheet name={quoteattr(p.name)} sheetId="{n}"{" state=" + chr(34) + "hidden" + chr(34) if p.hidden else ""} r:id="rId{n}"/>'
            for n, p in enumerate(book.pages, start=1)
        )
        return self.document(
            f"<@workbook {self.namespace()}><@sheets>{sheets}</@sheets></@workbook>"
        )

    def styles(self) -> str:
        return self.document(
            f"<@styleSheet {self.namespace()}>"
            '<@fonts count="1"><@font><@sz val="11"/><@name val="宋体"/></@font></@fonts>'
            '<@fills count="1"><@fill><@patternFill patternType="none"/></@fill></@fills>'
            '<@borders count="1"><@border/></@borders><@cellStyleXfs count="1"><@xf/></@cellStyleXfs>'
            '<@cellXfs count="2"><@xf xfId="0"/><@xf numFmtId="14" applyNumberFormat="1" xfId="0"/></@cellXfs>'
            "</@styleSheet>"
        )


def _said(text: str) -> str:
    return escape(text).replace("@", "\x00")


def _number(value: int | Decimal) -> str:
    return (
        repr(float(value))
        if isinstance(value, Decimal) and value != int(value)
        else str(int(value))
    )


def _relation(number: int, kind: str, target: str, base: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'


def write(oddities: frozenset[str], book: Book, rng: Random) -> bytes:
    writer = Writer(oddities)
    sheets = [writer.sheet(page) for page in book.pages]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    links = [
        _relation(n, "worksheet", f"worksheets/sheet{n}.xml", writer.relations)
        for n in range(1, len(sheets) + 1)
    ]
    kinds = {"xl/workbook.xml": "sheet.main"}
    parts = {"xl/workbook.xml": writer.workbook(book)}
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet
        kinds[f"xl/worksheets/sheet{number}.xml"] = "worksheet"
    if writer.strings:
        links.append(_relation(90, "sharedStrings", "sharedStrings.xml", writer.relations))
        parts["xl/sharedStrings.xml"] = writer.shared_strings()
        kinds["xl/sharedStrings.xml"] = "sharedStrings"
    if not writer.has("no-styles"):
        links.append(_relation(91, "styles", "styles.xml", writer.relations))
        parts["xl/styles.xml"] = writer.styles()
        kinds["xl/styles.xml"] = "styles"
    office = _relation(1, "officeDocument", "xl/workbook.xml", writer.relations)
    parts["xl/_rels/workbook.xml.rels"] = (
        f'{head}<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'{head}<Relationships xmlns="{PACKAGE}/relationships">{office}</Relationships>'
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    parts["[Content_Types].xml"] = (
        f'{head}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(
                zipfile.ZipInfo(name, (2026, 11, 9, 9, 30, 0)), parts[name], zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _format(name: str, *oddities: str) -> Format:
    return Format(
        f"xlsx {name}", partial(write, frozenset(oddities)), "xlsx", SHEETS | {"cached"}, XLSX_TYPE
    )


RAW_XLSX = (
    _format("wrong dimension", "wrong-dimension", "shared-formulas"),
    _format("no styles, inline", "no-styles", "inline", "wrong-dimension"),
    _format("no references", "no-refs", "inline"),
    _format("strict", "strict"),
    _format("prefixed", "prefixed", "shared-formulas"),
    _format("rich text", "rich-text", "shared-formulas"),
)
