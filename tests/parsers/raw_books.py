"""Old and binary workbooks written record by record, for what no library writes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

Value = str | float
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXCEL = "application/vnd.ms-excel"


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff5(
    rows: Sequence[Sequence[Value]],
    *,
    encoding: str = "gb18030",
    title: str = "订单",
    code_page: int | None = None,
    hidden_rows: Sequence[int] = (),
    before_end: bytes = b"",
) -> bytes:
    """A bare workbook of Excel 5: texts are bytes in some code page that it may not name."""
    head = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 1, 1996))
    if code_page is not None:
        head += _record(0x0042, struct.pack("<H", code_page))
    head += _record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0) + b"\5Arial")
    head += _record(0x00E0, struct.pack("<HHHHHHHH", 0, 0, 1, 0x20, 0, 0, 0, 0)) * 16
    name = title.encode(encoding)
    start = len(head) + 4 + 7 + len(name) + 4
    head += _record(0x0085, struct.pack("<IHB", start, 0, len(name)) + name) + _record(0x000A)
    sheet = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 1, 1996))
    for row in hidden_rows:
        sheet += _record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode(encoding)
                sheet += _record(0x0204, struct.pack("<HHHH", r, c, 0, len(text)) + text)
            else:
                sheet += _record(0x0203, struct.pack("<HHHd", r, c, 0, value))
    return head + sheet + before_end + _record(0x000A)


def filepass() -> bytes:
    """Stands in a workbook that is protected by a password."""
    return _record(0x002F, bytes(6))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + body


def xlsb(
    rows: Sequence[Sequence[Value | None]],
    *,
    dates: Sequence[tuple[int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    state: int = 0,
    merges: Sequence[tuple[int, int, int, int]] = (),
    since_1904: bool = False,
    styled: Mapping[tuple[int, int], int] | None = None,
    struck_parts: Sequence[tuple[int, int]] = (),
) -> bytes:
    """A binary workbook with one sheet; cells at `dates` have the format of a date, those `styled`
    a style by its number: 2 strikes out, 3 is white, 4 white on black, 5 adds a unit. Texts at
    `struck_parts` begin with a part that is struck out."""
    style_of = dict.fromkeys(dates, 1) | dict(styled or {})
    extent = (0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _binary(129) + _binary(148, struct.pack("<IIII", *extent)) + _binary(133) + _binary(134)
    if hidden_columns:
        columns = (struct.pack("<IIIIH", c, c, 2048, 0, 1) for c in hidden_columns)
        sheet += _binary(390) + b"".join(_binary(60, c) for c in columns) + _binary(391)
    sheet += _binary(145)
    for r, row in enumerate(rows):
        flags = 0x10 if r in hidden_rows else 0
        sheet += _binary(0, struct.pack("<IIHBBBI", r, 0, 300, 0, flags, 0, 0))
        for c, value in enumerate(row):
            at = struct.pack("<II", c, style_of.get((r, c), 0))
            if (r, c) in struck_parts:
                runs = struct.pack("<IHHHH", 2, 0, 1, 1, 0)
                sheet += _binary(62, at + b"\1" + _wide(str(value)) + runs)
            elif isinstance(value, str):
                sheet += _binary(6, at + _wide(value))
            elif value is not None:
                sheet += _binary(5, at + struct.pack("<d", value))
    sheet += _binary(146)
    if merges:
        bodies = (struct.pack("<IIII", t, b, le, ri) for t, le, b, ri in merges)
        sheet += _binary(177, struct.pack("<I", len(merges)))
        sheet += b"".join(_binary(176, body) for body in bodies) + _binary(178)
    sheet += _binary(130)
    book = _binary(131) + _binary(153, struct.pack("<II", int(since_1904), 0) + _wide(""))
    book += _binary(143)
    book += _binary(156, struct.pack("<II", state, 1) + _wide("rId1") + _wide("订单"))
    book += _binary(144) + _binary(132)
    styles = _binary(278) + _styles() + _binary(279)
    return _package(
        {
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet + _binary(130),
            "xl/styles.bin": styles,
        }
    )


def _styles() -> bytes:
    """Unit, fonts (usual, struck, white), fills (none, grey, black), styles as told above."""
    one = struct.pack("<I", 1)
    numbers = (
        _binary(615, one) + _binary(44, struct.pack("<H", 164) + _wide('0"箱"')) + _binary(616)
    )
    fonts = ((0, b"\0" * 8), (8, b"\0" * 8), (0, b"\5\0\0\0\xff\xff\xff\xff"))
    made = (struct.pack("<HHHHBBBB", 220, f, 400, 0, 0, 0, 0, 0) + c for f, c in fonts)
    numbers += _binary(611) + b"".join(_binary(43, m + b"\0" + _wide("宋体")) for m in made)
    fills = (struct.pack("<I", p) + b"\5\0\0\0\0\0\0\xff" + bytes(8) for p in (0, 17, 1))
    numbers += _binary(612) + _binary(603) + b"".join(_binary(45, f) for f in fills) + _binary(604)
    styles = ((0, 0, 0), (14, 0, 0), (0, 1, 0), (0, 2, 0), (0, 2, 2), (164, 0, 0))
    bodies = (struct.pack("<HHHHH", 0, n, f, p, 0) + bytes(6) for n, f, p in styles)
    numbers += _binary(617, struct.pack("<I", len(styles)))
    return numbers + b"".join(_binary(47, body) for body in bodies) + _binary(618)


def _package(parts: Mapping[str, bytes]) -> bytes:
    kinds = {
        "xl/workbook.bin": "sheet.binary.macroEnabled.main",
        "xl/worksheets/sheet1.bin": "worksheet",
        "xl/styles.bin": "styles",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{EXCEL}.{kinds[name]}"/>' for name in parts
    )
    texts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.bin"/></Relationships>',
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return out.getvalue()
