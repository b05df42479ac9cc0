"""Workbooks that lie about themselves end in a verdict, inside the limits of a child."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Reading
from mailflow.parsers.reader import read_file
from mailflow.parsers.sandbox import Limits, Sandbox
from mailflow.parsers.sandbox_wire import MEGABYTE
from mailflow.parsers.workbook import read_book
from mailflow.parsers.xlsx import read_xlsx
from tests.parsers.corpus import outline, reading
from tests.parsers.raw_xlsx import cells_of, raw_xlsx, sheet_of
from tests.parsers.sheets import HEAD, KNOWN, LINES, order, saved, workbook

SHEET = "xl/worksheets/sheet1.xml"
ONE = sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(memory_bytes=512 * MEGABYTE)) as made:
        yield made


def verdict(sandbox: Sandbox, raw: bytes) -> list[str]:
    """What the child said; that it did says that it did not die of it."""
    return sandbox.call(outline, raw, returns=list[str])


def repacked(raw: bytes, part: str, before: str, after: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == part:
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode())
            new.writestr(info, data)
    return out.getvalue()


@pytest.mark.fault("X04")
@pytest.mark.parametrize("strings", ["<si><t>甲</t></si>", "<si><r><t>甲</t></r></si>"])
@pytest.mark.parametrize("count", [900_000_000, 4_000_000_000, 2**63])
def test_a_count_of_texts_is_not_believed(sandbox: Sandbox, strings: str, count: int) -> None:
    raw = raw_xlsx(ONE, strings=strings)
    for lies in (f'count="{count}"', f'count="1" uniqueCount="{count}"'):
        lying = repacked(raw, "xl/sharedStrings.xml", "<sst xmlns", f"<sst {lies} xmlns")
        assert verdict(sandbox, lying) == ["refused", "corrupt"]
    wrong = repacked(raw, "xl/sharedStrings.xml", "<sst xmlns", '<sst count="7" xmlns')
    assert verdict(sandbox, wrong) == ["Sheet1 1x1"]


@pytest.mark.fault("X05")
@pytest.mark.parametrize("reference", ["ABCDEFGHI1", "XFE1", "A1048577", "A99999999999999999999"])
def test_an_address_beyond_all_sheets_is_refused(sandbox: Sandbox, reference: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>2</v></c></row>'
    [word, _] = verdict(sandbox, raw_xlsx(sheet_of(rows)))
    assert word == "refused"


def central(raw: bytes, name: str) -> int:
    """Where the directory at the end of an archive speaks of a member."""
    at = raw.rindex(b"PK\x01\x02")
    while raw[at + 46 : at + 46 + len(name)] != name.encode():
        at = raw.rindex(b"PK\x01\x02", 0, at)
    return at


@pytest.mark.fault("X07")
@pytest.mark.parametrize("claimed", [1, 0, 2**31])
def test_a_size_that_an_archive_states_is_not_believed(sandbox: Sandbox, claimed: int) -> None:
    raw = bytearray(raw_xlsx(sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>')))
    struct.pack_into("<I", raw, central(bytes(raw), SHEET) + 24, claimed)
    assert verdict(sandbox, bytes(raw))[0] == "refused"


@pytest.mark.fault("X07")
def test_a_bomb_with_a_small_claim_is_refused_by_what_comes_out(sandbox: Sandbox) -> None:
    bomb = sheet_of(f'<row r="1"><c r="A1"><v>1</v></c></row><!--{" " * 8_000_000}-->')
    raw = bytearray(raw_xlsx(bomb))
    struct.pack_into("<I", raw, central(bytes(raw), SHEET) + 24, 1000)
    assert verdict(sandbox, bytes(raw))[0] == "refused"


@pytest.mark.fault("X07")
def test_members_that_lie_over_each_other_come_to_no_more_than_the_measure(
    sandbox: Sandbox,
) -> None:
    """Every entry of the directory points to the one large member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.csv", b"".join(b"%d,1\n" % n for n in range(600_000)))
    raw = out.getvalue()
    begin, end = central(raw, "0.csv"), raw.rindex(b"PK\x05\x06")
    size = 40 * (end - begin)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 40, 40, size, begin, 0)
    raw = raw[:begin] + 40 * raw[begin:end] + tail
    [refused] = sandbox.call(reading, "a.zip", raw, returns=Reading).refused
    # Newer Pythons see themselves that members lie over each other.
    assert refused.reason in (RefusedBecause.TOO_LARGE, RefusedBecause.CORRUPT)


@pytest.mark.fault("X11")
def test_a_code_keeps_its_zeros_and_a_number_that_lost_its_end_is_asked_about() -> None:
    rows = (("产品编码", *HEAD[1:]), ("00123", *LINES[0][1:]))
    [line] = order(*rows).lines
    assert line.code is not None
    assert line.code.text == "00123"
    [grid] = read_xlsx(saved(workbook([("00123", 123, 1234567890123456789, 123456789012345)])))
    shown = {place: (cell.text, cell.trouble) for place, cell in cells_of(grid).items()}
    assert shown["A1"] == ("00123", "")
    assert shown["C1"][1] == "long-number"
    assert shown["D1"] == ("123456789012345", "")


@pytest.mark.fault("X17")
def test_an_add_in_is_refused_and_a_workbook_with_macros_is_read_without_them() -> None:
    plain = raw_xlsx(sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    types = "[Content_Types].xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    add_in = repacked(plain, types, kind, "application/vnd.ms-excel.addin.macroEnabled.main+xml")
    [refusal] = read_file("a.xlam", add_in, KNOWN).refused
    assert refusal.reason is RefusedBecause.UNSUPPORTED
    macros = repacked(plain, types, kind, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    [grid] = read_book(macros).grids
    assert [cell.text for _, cell in grid.filled()] == ["1"]
