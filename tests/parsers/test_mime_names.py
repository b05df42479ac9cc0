"""Attachments keep the names their senders gave them, in whatever way a client wrote them."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.parsers.mime import read_mime
from mailflow.parsers.mime_names import LONGEST_NAME, safe_name
from tests.parsers.mime_mails import a_part, a_text, with_parts

NAME = "济南贝乐订单1109.xlsx"
GBK = NAME.encode("gb18030")
UTF8 = NAME.encode()


def name_of(*headers: str | bytes) -> str:
    [attachment] = read_mime(with_parts(a_text(), a_part(*headers))).attachments
    return attachment.name


def word(data: bytes, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


def q_word(data: bytes, charset: str) -> str:
    return f"=?{charset}?Q?{''.join(f'={byte:02X}' for byte in data)}?="


def percent(data: bytes) -> str:
    return quote(data, safe="")


CHINESE = {
    "RFC 2231, UTF-8": f"attachment; filename*=utf-8''{percent(UTF8)}",
    "RFC 2231, GBK": f"attachment; filename*=GBK''{percent(GBK)}",
    "RFC 2231, GB18030 with a language": f"attachment; filename*=gb18030'zh-cn'{percent(GBK)}",
    "RFC 2231, quoted against the standard": f"attachment; filename*=\"utf-8''{percent(UTF8)}\"",
    "RFC 2231, no charset": f"attachment; filename*=''{percent(UTF8)}",
    "RFC 2231, a charset that does not exist": f"attachment; filename*=x-none''{percent(GBK)}",
    "RFC 2231, continued in mid-character": (
        f"attachment; filename*0*=utf-8''{percent(UTF8[:7])};\r\n"
        f" filename*1*={percent(UTF8[7:11])}; filename*2*={percent(UTF8[11:])}"
    ),
    "RFC 2231, continued, GBK, the ending plain": (
        f"attachment;\r\n filename*0*=gb2312''{percent(GBK[:3])};\r\n"
        f"\tfilename*1*={percent(GBK[3:-5])};\r\n filename*2=.xlsx"
    ),
    "RFC 2231, continuations in any order": (
        f"attachment; filename*1*={percent(UTF8[6:])}; filename*0*=utf-8''{percent(UTF8[:6])}"
    ),
    "RFC 2231 beside a name for the old": (
        f"attachment; filename=\"order.xlsx\"; filename*=utf-8''{percent(UTF8)}"
    ),
    "continued encoded words": (
        f'attachment; filename*0="{word(UTF8, "utf-8")[:30]}";\r\n'
        f' filename*1="{word(UTF8, "utf-8")[30:]}"'
    ),
    "RFC 2047, base64, UTF-8": f'attachment; filename="{word(UTF8, "utf-8")}"',
    "RFC 2047, base64, GBK": f'attachment; filename="{word(GBK, "GBK")}"',
    "RFC 2047, named gb2312 and wider": f'attachment; filename="{word(GBK, "gb2312")}"',
    "RFC 2047, quoted-printable": f'attachment; filename="{q_word(GBK, "gb18030")}"',
    "RFC 2047 without quotes": f"attachment; filename={word(UTF8, 'UTF-8')}",
    "RFC 2047 with a language": f'attachment; filename="{word(GBK, "gb18030*zh")}"',
    "RFC 2047, two words cut in mid-character": (
        f'attachment; filename="{word(GBK[:5], "gb18030")}\r\n {word(GBK[5:], "gb18030")}"'
    ),
    "RFC 2047, two words with nothing between": (
        f'attachment; filename="{word(GBK[:5], "gb18030")}{word(GBK[5:], "gb18030")}"'
    ),
    "RFC 2047, words under two names of one charset": (
        f'attachment; filename="{word(GBK[:5], "gb2312")} {word(GBK[5:], "gbk")}"'
    ),
    "RFC 2047, B beside Q": (
        f'attachment; filename="{word(GBK[:5], "gbk")}\r\n\t{q_word(GBK[5:], "gbk")}"'
    ),
    "RFC 2047, the base64 itself cut anywhere": (
        f'attachment; filename="=?utf-8?B?{base64.b64encode(UTF8).decode()[:11]}?=\r\n'
        f' =?utf-8?B?{base64.b64encode(UTF8).decode()[11:]}?="'
    ),
    "RFC 2047, padding left out": (
        f'attachment; filename="=?utf-8?B?{base64.b64encode(UTF8).decode().rstrip("=")}?="'
    ),
    "RFC 2047, a charset that does not exist": f'attachment; filename="{word(GBK, "x-none")}"',
    "raw UTF-8": f'attachment; filename="{NAME}"',
    "raw UTF-8 without quotes": f"attachment; filename={NAME}",
    "raw GBK": b'attachment; filename="' + GBK + b'"',
    "raw GBK without quotes": b"attachment; filename=" + GBK,
    "an upper-case parameter": f'ATTACHMENT; FILENAME="{word(UTF8, "utf-8")}"',
    "spaces around the sign": f'attachment; filename = "{NAME}"',
    "no semicolon": f'attachment filename="{NAME}"',
    "RFC 2047 inside RFC 2231": f"attachment; filename*={word(GBK, 'gbk')}",
    "RFC 2047 inside RFC 2231, with a charset": (
        f"attachment; filename*=utf-8''{percent(word(UTF8, 'utf-8').encode())}"
    ),
    "as in an address": f'attachment; filename="{percent(UTF8)}"',
    "as in an address, GBK": f'attachment; filename="{percent(GBK)}"',
    "as in a page": f'attachment; filename="{"".join(f"&#{ord(c)};" for c in NAME[:6])}1109.xlsx"',
    "RFC 2231, coded twice": f"attachment; filename*=utf-8''{percent(percent(UTF8).encode())}",
    "RFC 2231, stars left out": (
        f"attachment; filename*0=utf-8''{percent(UTF8[:9])}; filename*1={percent(UTF8[9:])}"
    ),
    "RFC 2231, raw UTF-8": f"attachment; filename*=utf-8''{NAME}",
    "RFC 2231, raw GBK": b"attachment; filename*=GBK''" + GBK,
    "RFC 2231, a piece a sign": "attachment; "
    + "; ".join(
        f"filename*{n}*={'' if n else 'utf-8%s' % (chr(39) * 2)}{percent(UTF8[3 * n : 3 * n + 3])}"
        for n in range(len(UTF8) // 3 + 1)
    ),
    "continued, raw GBK cut in mid-character": (
        b'attachment; filename*0="' + GBK[:5] + b'"; filename*1="' + GBK[5:] + b'"'
    ),
    "continued, raw UTF-8": f'attachment; filename*0="{NAME[:4]}"; filename*1="{NAME[4:]}"',
    "RFC 2047, UTF-8 under the name of GBK": f'attachment; filename="{word(UTF8, "gbk")}"',
    "RFC 2047, UTF-8 under the name of Big5": f'attachment; filename="{word(UTF8, "big5")}"',
    "RFC 2047, GBK under the name of UTF-8": f'attachment; filename="{word(GBK, "utf-8")}"',
    "RFC 2047, Windows' name of GBK": f'attachment; filename="{word(GBK, "windows-936")}"',
    "RFC 2047, HZ": f'attachment; filename="{word(NAME.encode("hz"), "hz-gb-2312")}"',
    "RFC 2047, its end cut off": f'attachment; filename="{word(UTF8, "utf-8")[:-2]}"',
    "RFC 2047, folded in mid-word": (
        f'attachment; filename="{word(UTF8, "utf-8")[:20]}\r\n {word(UTF8, "utf-8")[20:]}"'
    ),
    "single quotes": f"attachment; filename='{NAME}'",
    "parameters behind it": f'attachment; filename="{NAME}"; size=9; creation-date="Tue, 10 Nov"',
    "an inline part": f'inline; filename="{NAME}"',
    "no disposition but a name": f'; filename="{NAME}"',
}


def test_a_part_that_nobody_named_is_called_by_its_place() -> None:
    assert name_of("Content-Type: application/octet-stream") == "part-1.2"


@pytest.mark.fault("M01", "M02")
@pytest.mark.parametrize("disposition", CHINESE.values(), ids=CHINESE.keys())
def test_a_chinese_name_is_read_in_every_way_it_is_written(disposition: str | bytes) -> None:
    raw = disposition if isinstance(disposition, bytes) else disposition.encode()

    assert name_of(b"Content-Disposition: " + raw) == NAME


def test_the_name_of_the_type_is_taken_where_the_disposition_has_none() -> None:
    assert (
        name_of(f'Content-Type: application/x; name="{NAME}"', "Content-Disposition: inline")
        == NAME
    )


def test_a_name_that_can_be_read_is_preferred_to_one_that_cannot() -> None:
    headers = (
        f'Content-Type: application/x; name="{word(UTF8, "utf-8")}"',
        b'Content-Disposition: attachment; filename="\xff\xfe\xff.xlsx"',
    )

    assert name_of(*headers) == NAME


@pytest.mark.fault("M02")
@pytest.mark.parametrize(
    ("name", "charset"),
    [("訂單濟南.xlsx", "big5"), ("注文書.xlsx", "iso-2022-jp"), ("주문서.xlsx", "euc-kr")],
)
def test_a_name_may_be_of_any_charset_and_cut_anywhere(name: str, charset: str) -> None:
    data = name.encode(charset)
    for cut in range(1, len(data)):
        parts = f"filename*0*={charset}''{percent(data[:cut])}; filename*1*={percent(data[cut:])}"
        assert name_of(f"Content-Disposition: attachment; {parts}") == name


@pytest.mark.parametrize("poor", ["????1109.xlsx", "____1109.xlsx"])
def test_a_name_that_lost_its_signs_is_looked_for_elsewhere(poor: str) -> None:
    disposition = f'Content-Disposition: attachment; filename="{poor}"'
    named = f'Content-Type: application/x; name="{word(UTF8, "utf-8")}"'

    assert name_of(named, disposition) == NAME
    assert name_of(disposition) == poor


def test_a_description_that_is_a_file_name_names_the_part_that_nothing_else_names() -> None:
    described = f"Content-Description: {word(UTF8, 'utf-8')}"

    assert name_of(described, "Content-Disposition: attachment") == NAME
    assert name_of(described, 'Content-Disposition: attachment; filename="a.xlsx"') == "a.xlsx"
    assert name_of("Content-Description: the order", "Content-Type: a/x") == "part-1.2"


def test_a_sign_whose_second_half_is_a_backslash_is_kept_in_raw_gbk() -> None:
    raw = "昞乗订单.xlsx"

    assert name_of(b'Content-Disposition: attachment; filename="' + raw.encode("gbk") + b'"') == raw


@pytest.mark.fault("M01")
@given(st.text(st.sampled_from("济南贝乐订单小叶子睿鑫铭璐瑄霖"), min_size=1, max_size=9))
def test_a_name_in_gbk_is_never_taken_for_utf_8(name: str) -> None:
    coded = word(name.encode("gbk"), "gbk")

    assert name_of(f'Content-Disposition: attachment; filename="{coded}"') == name


def test_a_type_without_its_semicolon_still_has_a_name_and_a_type() -> None:
    mail = with_parts(a_text(), a_part('Content-Type: application/pdf name="a.pdf"'))

    [attachment] = read_mime(mail).attachments
    assert (attachment.name, attachment.content_type) == ("a.pdf", "application/pdf")


def test_a_name_cut_in_its_last_character_keeps_the_others() -> None:
    cut = word("订单".encode()[:-1], "utf-8")

    assert name_of(f'Content-Disposition: attachment; filename="{cut}"') == "订\ufffd"


@pytest.mark.fault("O07")
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\orders\\\\a.xlsx", "a.xlsx"),
        ("/tmp/a.xlsx", "a.xlsx"),
        ("a\x00b\tc.xlsx", "a b c.xlsx"),
        ("..", "part-1.2"),
        ("orders/", "part-1.2"),
        (".hidden.xlsx", "hidden.xlsx"),
        ("a\u202exslx.exe", "a xslx.exe"),
        ("a;b.xlsx", "a;b.xlsx"),
        ("C:\\\\a\\\\b.xlsx", "b.xlsx"),
        ("C:\\orders\\new.xlsx", "new.xlsx"),
        ('济南"贝乐"订单.xlsx', '济南"贝乐"订单.xlsx'),
        ("100%25.xlsx", "100%25.xlsx"),
        ("a%20b.xlsx", "a%20b.xlsx"),
        ('say \\"hello\\".xlsx', 'say "hello".xlsx'),
    ],
)
def test_a_name_is_for_showing_and_never_a_path(written: str, shown: str) -> None:
    assert name_of(f'Content-Disposition: attachment; filename="{written}"') == shown


@pytest.mark.fault("O01")
def test_a_line_end_in_an_encoded_name_does_not_survive() -> None:
    coded = word(b"a\r\nBcc: x@y.example\r\n.xlsx", "utf-8")

    assert (
        name_of(f'Content-Disposition: attachment; filename="{coded}"')
        == "a Bcc: x@y.example .xlsx"
    )


def test_an_endless_name_is_cut_before_its_ending() -> None:
    assert safe_name("长" * 500 + ".xlsx") == "长" * (LONGEST_NAME - 5) + ".xlsx"


@pytest.mark.fault("O07")
@settings(deadline=None)
@given(st.text())
def test_no_name_holds_a_folder_a_control_sign_or_a_lone_surrogate(text: str) -> None:
    name = safe_name(text)

    assert len(name) <= LONGEST_NAME
    assert not set(name) & set("/\\\r\n\t\0\u202e")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_whatever_bytes_a_name_is_made_of_it_can_be_stored(data: bytes) -> None:
    header = b"Content-Disposition: attachment; filename=" + data.replace(b"\n", b"").replace(
        b"\r", b""
    )
    for attachment in read_mime(with_parts(a_text(), a_part(header))).attachments:
        assert attachment.name.encode()
