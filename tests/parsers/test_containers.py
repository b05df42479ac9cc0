"""What is packed in an archive is an attachment like any other; an archive too much is refused."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Order
from mailflow.parsers.archive import MAX_INFLATED
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.mime import read_mime
from mailflow.parsers.reader import read_file, read_mail
from mailflow.parsers.tnef import unpack
from tests.parsers.mime_mails import a_part, a_text, with_parts
from tests.parsers.packed import winmail, zipped
from tests.parsers.sheets import HEAD, KNOWN, LINES, saved, workbook

SHEET = saved(workbook([("经销商", "某某商贸有限公司"), HEAD, *LINES]))
NAMED = "Content-Disposition: attachment; filename="


def names(data: bytes, name: str = "a.zip") -> list[tuple[str, str]]:
    parsed = read_mime(with_parts(a_text(), a_part(f"{NAMED}{name}", data=data)))
    return [(a.name, a.within) for a in parsed.attachments]


def refused(data: bytes, name: str = "a.zip") -> list[tuple[str, str, str]]:
    reading = read_mail(with_parts(a_text(), a_part(f"{NAMED}{name}", data=data)), KNOWN)
    assert reading.documents == ()
    return [(r.attachment, r.reason.value, r.detail) for r in reading.refused]


def test_a_workbook_is_no_archive() -> None:
    assert names(SHEET, "a.zip") == [("a.zip", "")]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_members_have_the_names_their_maker_gave_them(encoding: str) -> None:
    files = {"订单/某某商贸订单.xlsx": SHEET, "说明.txt": b"a,b"}
    assert names(zipped(files, encoding=encoding)) == [
        ("某某商贸订单.xlsx", "a.zip"),
        ("说明.txt", "a.zip"),
    ]


def test_a_name_that_is_written_twice_is_read_in_its_better_form() -> None:
    assert names(zipped({"订单①.xlsx": SHEET}, unicode_path=True)) == [("订单①.xlsx", "a.zip")]


@pytest.mark.fault("M12")
def test_every_order_in_it_is_read() -> None:
    raw = with_parts(
        a_text(), a_part(f"{NAMED}a.zip", data=zipped({"一.xlsx": SHEET, "二.xls": SHEET}))
    )
    reading = read_mail(raw, KNOWN)
    assert [(type(d), d.attachment) for d in reading.documents] == [
        (Order, "一.xlsx"),
        (Order, "二.xls"),
    ]
    assert reading.refused == ()


def test_a_bare_archive_is_read_too() -> None:
    [found] = read_file("x.zip", zipped({"一.xlsx": SHEET}), KNOWN).documents
    assert isinstance(found, Order)
    assert [w.text for w in found.hints][:2] == ["x.zip", "一.xlsx"]


def test_litter_of_file_managers_is_no_member() -> None:
    files = {"__MACOSX/._a.xlsx": b"x", ".DS_Store": b"x", "~$a.xlsx": b"x", "a.xlsx": SHEET}
    assert names(zipped(files)) == [("a.xlsx", "a.zip")]


@pytest.mark.fault("M12")
def test_an_archive_in_an_archive_stays_closed() -> None:
    inner = zipped({"a.xlsx": SHEET})
    assert refused(zipped({"b.zip": inner})) == [("b.zip", "unsupported", "nested-zip")]


@pytest.mark.fault("M09", "M12")
def test_a_password_is_told() -> None:
    raw = bytearray(zipped({"a.xlsx": SHEET}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(raw)) == [("a.zip", "encrypted", "zip")]


def test_an_archive_without_files_is_empty() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("a")
    assert refused(out.getvalue()) == [("a.zip", "empty", "zip")]


def test_one_that_is_cut_off_is_damaged() -> None:
    assert refused(zipped({"a.xlsx": SHEET})[:-30]) == [("a.zip", "corrupt", "zip")]


@pytest.mark.parametrize(
    # Its length differs by the second in which it was saved, and a test has one name.
    "left",
    [2000, len(SHEET) // 2, len(SHEET) - 30],
    ids=["early", "half", "late"],
)
def test_a_workbook_cut_off_half_way_is_no_archive(left: int) -> None:
    assert refused(SHEET[:left]) == [("a.zip", "corrupt", "workbook")]


@pytest.mark.fault("M12")
def test_too_many_members_are_refused() -> None:
    assert refused(zipped({f"{n}.txt": b"a" for n in range(51)})) == [("a.zip", "too-large", "zip")]


@pytest.mark.fault("M12", "X06")
@pytest.mark.parametrize("size", [3, 80])
def test_a_bomb_is_refused_before_it_goes_off(size: int) -> None:
    assert refused(zipped({"a.csv": bytes(size * 1024 * 1024)})) == [("a.zip", "too-large", "zip")]


@pytest.mark.fault("X06")
def test_several_archives_have_one_measure_together() -> None:
    some = b"%b\n" % Random(1).randbytes(MAX_INFLATED // 4000).hex().encode()
    big = zipped({"a.csv": some * 900})

    def refused(archives: int) -> set[RefusedBecause]:
        parts = (a_part(f'{NAMED}"{n}.zip"', data=big) for n in range(archives))
        reading = read_mail(with_parts(a_text(), *parts), KNOWN)
        return {r.reason for r in reading.refused if r.detail == "zip"}

    assert RefusedBecause.TOO_LARGE not in refused(1)
    assert RefusedBecause.TOO_LARGE in refused(3)


@pytest.mark.fault("M04")
@pytest.mark.parametrize(("code_page", "long_names"), [(936, True), (936, False), (950, False)])
def test_winmail_gives_back_what_was_attached(code_page: int, long_names: bool) -> None:
    packed = winmail({"某某商貿訂單.xlsx": SHEET}, code_page=code_page, long_names=long_names)
    assert names(packed, "winmail.dat") == [("某某商貿訂單.xlsx", "")]


@pytest.mark.fault("M04")
def test_an_order_in_winmail_is_an_order_like_any_other() -> None:
    raw = with_parts(a_text(), a_part(f"{NAMED}winmail.dat", data=winmail({"a.xlsx": SHEET})))
    [found] = read_mail(raw, KNOWN).documents
    assert (type(found), found.attachment) == (Order, "a.xlsx")


def test_the_words_in_winmail_are_words_of_the_mail() -> None:
    packed = winmail({}, html="<table><tr><td>订单</table>")
    parsed = read_mime(with_parts(a_text(), a_part(f"{NAMED}winmail.dat", data=packed)))
    assert [b.html for b in parsed.bodies] == ["", "<table><tr><td>订单</table>"]


def test_winmail_with_a_zip_is_opened_both_ways() -> None:
    packed = winmail({"a.zip": zipped({"b.xlsx": SHEET})})
    assert names(packed, "winmail.dat") == [("b.xlsx", "a.zip")]


@pytest.mark.fault("M04")
def test_winmail_without_anything_readable_is_told_of() -> None:
    assert refused(winmail({}), "winmail.dat") == [("winmail.dat", "unsupported", "winmail.dat")]


@pytest.mark.parametrize("cut", [20, 100])
def test_winmail_that_is_cut_off_is_damaged(cut: int) -> None:
    packed = winmail({"a.xlsx": SHEET})
    assert refused(packed[:-cut], "winmail.dat") == [("winmail.dat", "corrupt", "winmail.dat")]


def test_nothing_in_winmail_is_believed() -> None:
    packed = winmail({"a.xlsx": b"x" * 50}, html="<p>")
    for at in range(len(packed)):
        spoilt = bytearray(packed)
        spoilt[at : at + 4] = b"\xff\xff\xff\x7f"
        try:
            unpack(bytes(spoilt))
        except AttachmentRefused as said:
            assert said.detail == "winmail.dat"  # noqa: PT017


def test_a_member_whose_name_begins_with_nothing_ends_nothing() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ax.csv", b"a,b")
    reading = read_file("a.zip", out.getvalue().replace(b"ax.csv", b"\0x.csv"), KNOWN)
    assert not any(isinstance(d, Order) for d in reading.documents)


@pytest.mark.fault("M12")
@pytest.mark.parametrize("sign", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"])
def test_archives_of_other_programs_are_refused_in_words(sign: bytes) -> None:
    [(name, reason, _)] = refused(sign + b"\0" * 200, "订单.rar")
    assert (name, reason) == ("订单.rar", "unsupported")
