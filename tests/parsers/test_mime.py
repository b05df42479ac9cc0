"""Mails are taken apart whole, whatever a client made of them; the rest is refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.parsers.mime import MailRefused, ParsedMail, read_mime
from mailflow.parsers.mime_html import plain_text
from mailflow.parsers.mime_limits import MAX_BODY, MAX_DEPTH, MAX_HEADER, MAX_LINE, MAX_PARTS
from tests.parsers.mime_mails import HONEST, a_mail, a_part, a_text, with_parts

SHEET = b"PK\x03\x04 a workbook"
XLSX = "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATA = Path(__file__).parents[1] / "data" / "mail"
STRANGE = sorted(DATA.glob("*.eml"))


def a_sheet(name: str = "a.xlsx", data: bytes = SHEET) -> bytes:
    return a_part(XLSX, f'Content-Disposition: attachment; filename="{name}"', data=data)


def forwarded(mail: bytes, *headers: str) -> bytes:
    return a_mail("Content-Type: message/rfc822", *headers, body=mail)


def found(mail: bytes) -> list[tuple[str, str]]:
    return [(a.name, a.path) for a in read_mime(mail).attachments]


def test_a_mail_of_words_has_no_attachment() -> None:
    assert read_mime(a_mail(*HONEST)).attachments == ()


def test_a_signature_page_in_two_forms_has_no_attachment() -> None:
    mail = with_parts(a_text("hello"), a_text("<p>hello</p>", "html"), kind="alternative")

    parsed = read_mime(mail)
    assert (parsed.attachments, parsed.body) == ((), "hello")
    assert [b.html for b in parsed.bodies] == ["<p>hello</p>"]


def test_an_empty_part_without_a_name_is_nothing() -> None:
    assert found(with_parts(a_text(), a_part("Content-Type: application/x", data=b" "))) == []


def test_what_mail_systems_tell_each_other_is_no_attachment() -> None:
    fields = "\r\n\r\n".join(["Final-Recipient: rfc822; x@y.example\r\nAction: failed"] * 300)
    status = a_mail("Content-Type: message/delivery-status", body=fields)

    assert found(with_parts(a_text(), status, a_mail("Content-Type: text/rfc822-headers"))) == []


def test_no_bytes_at_all_are_a_mail_without_anything() -> None:
    parsed = read_mime(b"")

    assert parsed.head.sender is None
    assert (parsed.attachments, parsed.body, parsed.bodies) == ((), "", ())


def test_an_attachment_comes_out_as_it_went_in() -> None:
    [sheet] = read_mime(with_parts(a_text(), a_sheet())).attachments

    assert (sheet.name, sheet.data, sheet.path) == ("a.xlsx", SHEET, "1.2")
    assert sheet.content_type == XLSX.partition(": ")[2]
    assert not sheet.inline


@pytest.mark.fault("M03")
@pytest.mark.parametrize(
    "headers",
    [
        (XLSX, 'Content-Disposition: inline; filename="a.xlsx"'),
        (f'{XLSX}; name="a.xlsx"',),
        (XLSX,),
        ('Content-Type: text/plain; name="a.xlsx"',),
        ("Content-Type: text/plain", "Content-Disposition: attachment"),
        ("Content-Type: text/csv",),
        ("Content-Type: nonsense", "Content-Disposition: attachment; filename=a.xlsx"),
        ("Content-Disposition: attachment; filename=a.xlsx",),
    ],
    ids=str,
)
def test_every_leaf_that_could_hold_an_order_is_a_candidate(headers: tuple[str, ...]) -> None:
    [sheet] = read_mime(with_parts(a_text(), a_part(*headers, data=SHEET))).attachments

    assert sheet.data == SHEET


def test_an_inline_part_says_so() -> None:
    marked = a_part(XLSX, "Content-Disposition: inline; filename=a.xlsx")
    referred = a_part(XLSX, "Content-ID: <1>", "Content-Disposition: attachment; filename=b.xlsx")

    assert [a.inline for a in read_mime(with_parts(marked, referred)).attachments] == [True, True]


def test_a_mail_that_is_nothing_but_a_sheet_is_read() -> None:
    assert found(a_part(*HONEST, XLSX)) == [("part-1", "1")]


def test_attachments_at_any_depth_are_found_in_order() -> None:
    inner = with_parts(a_text(), a_sheet("a.xlsx"), headers=())
    middle = with_parts(inner, a_sheet("b.xlsx"), headers=())

    assert found(with_parts(middle, a_sheet("c.xlsx"))) == [
        ("a.xlsx", "1.1.1.2"),
        ("b.xlsx", "1.1.2"),
        ("c.xlsx", "1.2"),
    ]


def test_winmail_dat_is_kept_for_the_reader_to_refuse() -> None:
    tnef = a_part("Content-Type: application/ms-tnef; name=winmail.dat")

    assert found(with_parts(a_text(), tnef)) == [("winmail.dat", "1.2")]


@pytest.mark.fault("M05", "B05")
def test_an_order_in_a_forwarded_mail_is_found_and_the_outer_sender_sent_it() -> None:
    inner = with_parts(a_text(), a_sheet(), headers=("From: <boss@x.example>", "Subject: inner"))
    parsed = read_mime(with_parts(a_text("see below"), forwarded(inner)))

    assert [(a.name, a.path) for a in parsed.attachments] == [("a.xlsx", "1.2.1.2")]
    assert parsed.head.sender == "rm.shandong@chenlu.example"
    assert parsed.body == "see below"


def test_every_forwarded_mail_is_entered_not_only_the_first() -> None:
    inner = [with_parts(a_text(), a_sheet(f"{n}.xlsx")) for n in range(3)]

    names = [name for name, _ in found(with_parts(a_text(), *map(forwarded, inner)))]
    assert names == ["0.xlsx", "1.xlsx", "2.xlsx"]


@pytest.mark.fault("M05")
def test_a_mail_forwarded_inside_a_forwarded_one_is_shown_and_not_read() -> None:
    deepest = with_parts(a_text(), a_sheet(), headers=("Subject: deepest",))
    middle = with_parts(a_text(), forwarded(deepest))

    [kept] = read_mime(with_parts(a_text(), forwarded(middle))).attachments
    assert (kept.name, kept.content_type) == ("deepest", "message/rfc822")
    assert kept.data.startswith(b"Subject: deepest")


def test_a_mail_forwarded_as_a_file_is_entered_too() -> None:
    inner = with_parts(a_text(), a_sheet())
    eml = a_part("Content-Disposition: attachment; filename=order.EML", data=inner)

    assert found(with_parts(a_text(), eml)) == [("a.xlsx", "1.2.1.2")]


def test_a_mail_forwarded_in_base64_against_the_standard_is_entered_too() -> None:
    inner = with_parts(a_text(), a_sheet())
    mail = a_part("Content-Type: message/rfc822", data=inner)

    assert found(with_parts(a_text(), mail)) == [("a.xlsx", "1.2.1.2")]


def test_the_words_of_a_forwarded_mail_are_not_its_senders() -> None:
    inner = with_parts(a_text("同意"), a_text("<table></table>", "html"), kind="alternative")
    parsed = read_mime(with_parts(forwarded(inner)))

    assert parsed.body == ""
    assert [(b.html, b.forwarded) for b in parsed.bodies] == [("<table></table>", True)]


def test_the_first_words_are_the_body_and_later_ones_are_not() -> None:
    assert read_mime(with_parts(a_text(" \r\n"), a_text("one"), a_text("two"))).body == "one"


@pytest.mark.fault("M11")
def test_an_html_body_is_shown_as_text() -> None:
    markup = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>王经理您好</p>"
        "<!-- <p>hidden</p> --><div>a &lt; b&nbsp;</div><script>x</script>"
        "<table><tr><td>1<td>2</tr></table>"
    )

    assert read_mime(with_parts(a_text(markup, "html"))).body == "王经理您好\n\na < b\n\n1\t2"


@pytest.mark.fault("M11")
@pytest.mark.parametrize(
    "charset", ["gb2312", "GBK", "gb18030", "x-gbk", "us-ascii", "iso-8859-1", "none", ""]
)
def test_a_body_in_chinese_is_read_whatever_its_label_says(charset: str) -> None:
    header = (
        f"Content-Type: text/plain; charset={charset}" if charset else "Content-Type: text/plain"
    )

    mail = a_mail(*HONEST, header, body="附件是订单，请查收".encode("gb18030"))
    assert read_mime(mail).body == "附件是订单，请查收"


def test_latin_letters_stay_latin() -> None:
    mail = a_mail(
        *HONEST, "Content-Type: text/plain; charset=iso-8859-1", body=b"caf\xe9 \xe0 Paris"
    )

    assert read_mime(mail).body == "café à Paris"


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "punycode", "idna", "zip", "utf-7", "undefined"]
)
def test_no_label_makes_signs_that_cannot_be_stored(charset: str) -> None:
    header = f"Content-Type: text/plain; charset={charset}"

    assert read_mime(a_mail(*HONEST, header, body=b"\\ud800 +2AA- \xff")).body.encode()


def test_a_body_holds_no_sign_that_a_database_refuses() -> None:
    assert read_mime(a_mail(*HONEST, body=b"a\x00b\x1bc\r\nd\re\tf")).body == "abc\nd\ne\tf"


def test_a_long_body_is_cut() -> None:
    assert len(read_mime(a_mail(*HONEST, body="长\r\n" * MAX_BODY)).body) == MAX_BODY


def test_the_head_is_decoded() -> None:
    head = read_mime(
        a_mail(
            "From: =?gb2312?B?zfW+rcDt?= <a@b.example>",
            "Subject: =?gb18030?B?ysc=?=\r\n =?gb18030?B?tqm1pQ==?= 1109",
            "Date: Mon, 09 Nov 2026 12:16:00 +0800",
            "Message-ID: <1@b.example>",
            "In-Reply-To: <0@b.example>",
            "References: <r@b.example>\r\n <0@b.example> <r@b.example>",
        )
    ).head

    assert head.subject == "是订单 1109"
    assert head.date == datetime(2026, 11, 9, 4, 16, tzinfo=UTC)
    assert (head.message_id, head.in_reply_to) == ("<1@b.example>", "<0@b.example>")
    assert head.references == ("<r@b.example>", "<0@b.example>")


def test_a_subject_cut_in_mid_character_is_joined_before_it_is_read() -> None:
    raw = "济南贝乐订单".encode("gb18030")
    words = [f"=?gb18030?B?{base64.b64encode(part).decode()}?=" for part in (raw[:5], raw[5:])]

    assert read_mime(a_mail(f"Subject: {words[0]}\r\n {words[1]}")).head.subject == "济南贝乐订单"


def test_a_subject_in_raw_gbk_is_read() -> None:
    assert read_mime(a_mail(b"Subject: " + "订单".encode("gbk"))).head.subject == "订单"


@pytest.mark.fault("O01")
def test_an_encoded_line_end_makes_no_second_line() -> None:
    coded = base64.b64encode(b"x\r\nBcc: evil@x.example").decode()

    assert (
        read_mime(a_mail(f"Subject: =?utf-8?B?{coded}?=")).head.subject == "x Bcc: evil@x.example"
    )


@pytest.mark.fault("M08", "A15")
@pytest.mark.parametrize(
    "value",
    [
        "<a b@c.example>",
        "<a@b.example> OR 1",
        "<a\x01@b.example>",
        "nonsense",
        "<>",
        "<" + "a" * 300 + "@b.example>",
    ],
)
def test_a_message_id_is_strict_or_absent(value: str) -> None:
    assert read_mime(a_mail(f"Message-ID: {value}")).head.message_id in ("", "<a@b.example>")


def test_a_thread_without_end_keeps_its_root_and_its_newest() -> None:
    ids = [f"<{n}@b.example>" for n in range(50)]
    references = read_mime(a_mail("References: " + " ".join(ids))).head.references

    assert references == (ids[0], *ids[-19:])


@pytest.mark.fault("T03")
@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "Mon, 99 Nov 2026 12:16:00",
        "1" * 400,
        "Mon, 09 Nov 99999999 12:16:00 +0800",
    ],
)
def test_a_date_that_is_none_is_absent(value: str) -> None:
    assert read_mime(a_mail(f"Date: {value}")).head.date is None


def nested(levels: int) -> bytes:
    mail = a_text("deep")
    for _ in range(levels):
        mail = with_parts(mail, headers=())
    return mail


def test_as_deep_and_as_wide_as_allowed_is_read() -> None:
    assert read_mime(nested(MAX_DEPTH)).body == "deep"
    assert len(found(with_parts(*[a_sheet()] * (MAX_PARTS - 1)))) == MAX_PARTS - 1


@pytest.mark.fault("M06")
@pytest.mark.parametrize(
    "mail",
    [
        nested(MAX_DEPTH + 1),
        nested(150),
        with_parts(*[a_sheet()] * MAX_PARTS),
        b"Content-Type: message/rfc822\r\n\r\n" * 5000,
        b"Content-Type: multipart/mixed; BoUnDaRy=x\r\n\r\n--x\r\n" * 5000,
        a_mail("Subject: " + "x" * MAX_HEADER),
        a_mail(*["X-A: b"] * (MAX_HEADER // 8 + 1)),
        with_parts(*[a_mail("X-A: " + "b" * 60_000)] * 5),
        b"x" * (MAX_HEADER + 100),
        a_mail(*HONEST, body=b"x" * (MAX_LINE + 1)),
    ],
    ids=[
        "depth",
        "depth 150",
        "parts",
        "mails in mails",
        "boundaries",
        "one header",
        "headers",
        "headers of parts",
        "no header's end",
        "line",
    ],
)
def test_a_mail_beyond_the_limits_is_refused(mail: bytes) -> None:
    with pytest.raises(MailRefused):
        read_mime(mail)


ENDLESS = ["<", "<a", "<!--", "<script>", '<a b="', "&#32;", " ", "<br", "&", "\n", "<p> "]


@pytest.mark.fault("M06")
@pytest.mark.parametrize(
    "markup",
    [*(piece * 200_000 for piece in ENDLESS), "<" + "a" * 500_000],
    ids=[*ENDLESS, "one long tag"],
)
def test_markup_without_end_takes_no_time_without_end(markup: str) -> None:
    assert len(plain_text(markup)) <= len(markup)


@pytest.mark.fault("M06")
def test_levels_are_counted_before_the_parser_suffers_from_them() -> None:
    opened = b"Content-Type: multipart/mixed; BoUnDaRy=x\r\n\r\n--x\r\n"

    with pytest.raises(MailRefused, match="boundaries"):
        read_mime(opened * 5000)


@pytest.mark.fault("M07")
@pytest.mark.parametrize("path", STRANGE, ids=lambda path: path.name)
def test_a_strange_mail_is_read_and_can_be_stored(path: Path) -> None:
    assert stored(read_mime(path.read_bytes()))


def stored(parsed: ParsedMail) -> bytes:
    """As databases, pipes and letters take it; raises where they would."""
    texts = [
        parsed.head.subject,
        parsed.head.sender_name,
        parsed.body,
        *(b.html for b in parsed.bodies),
    ]
    texts += [*parsed.head.marks, *parsed.head.loops, *parsed.head.references]
    for attachment in parsed.attachments:
        texts += [attachment.name, attachment.content_type, attachment.path]
        assert attachment.name
    assert not any("\0" in text for text in texts)
    return json.dumps(texts, ensure_ascii=False).encode()


KNOWN_STRANGE = {
    "phpimap__attachment_no_disposition.eml": ["Prostřeno_2014_poslední volné termíny.xls"],
    "phpimap__mixed_filename.eml": ["Price4VladDaKar.xlsx"],
    "mikelmail__japanese_attachment_long_name.eml": ["かきくけこ" * 5 + ".txt"],
    "enmime__mail-mime-bad-content-type.raw.eml": ["Invoice_302232133150612.pdf"],
    "enmime__low-quality-unk-encoding-part.raw.eml": ["foo_9E5D72.zip"],
    "enmime__mail-attachment-only-no-disposition.raw.eml": ["favicon.jpg"],
    "phpimap__embedded_email.eml": ["testfile.txt"],
}


@pytest.mark.parametrize(("name", "names"), KNOWN_STRANGE.items())
def test_a_strange_mail_gives_up_its_attachments(name: str, names: list[str]) -> None:
    assert [a.name for a in read_mime((DATA / name).read_bytes()).attachments] == names


@pytest.mark.fault("M07")
@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_random_bytes_are_read_or_refused(raw: bytes) -> None:
    read_or_refused(raw)


HEADER_NAMES = [
    "Content-Type",
    "Content-Disposition",
    "Content-Transfer-Encoding",
    "From",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "Return-Path",
    "Auto-Submitted",
]
VALUES = [
    "multipart/mixed; boundary=x",
    "message/rfc822",
    "text/html; charset=",
    "base64",
    "quoted-printable",
    "x-uuencode",
    "attachment; filename*0*=",
    "=?gb18030?B?",
    "=?utf-8?Q?=e5?=",
]
lines = st.builds(
    lambda name, value, tail: f"{name}: {value}".encode() + tail,
    st.sampled_from(HEADER_NAMES),
    st.sampled_from(VALUES),
    st.binary(max_size=12),
)
pieces = st.one_of(
    lines,
    st.sampled_from([b"", b"--x", b"--x--", b"begin 644 a.xls", b"#0V%T", b"end", b"UEsDBA=="]),
    st.binary(max_size=30),
)


@pytest.mark.fault("M07")
@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, max_size=40), st.sampled_from([b"\r\n", b"\n", b"\r"]))
def test_what_looks_like_a_mail_is_read_or_refused(parts: list[bytes], end: bytes) -> None:
    read_or_refused(end.join(parts))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(STRANGE), st.integers(0, 5000), st.binary(min_size=1, max_size=4))
def test_a_mail_with_a_changed_byte_is_read_or_refused(path: Path, at: int, bytes_: bytes) -> None:
    raw = path.read_bytes()
    at %= len(raw) + 1
    read_or_refused(raw[:at] + bytes_ + raw[at + len(bytes_) :])


def read_or_refused(raw: bytes) -> None:
    try:
        parsed = read_mime(raw)
    except MailRefused:
        return
    assert stored(parsed)


def test_a_mail_inside_whose_charset_is_no_charset_of_text_is_read() -> None:
    inner = (
        b"Subject: x\r\nContent-Type: text/plain; charset=idna\r\n\r\n" + "订单".encode() + b"\r\n"
    )
    outer = b"From: a@b.example\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    bare = b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n"
    for raw in (outer + inner, bare + inner, bare + inner.replace(b"idna", b"punycode")):
        assert read_mime(raw).head.sender == "a@b.example"
