"""No text of a mail becomes a header, whatever stands in it, and every name can be read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.outbox.mime_headers import HeaderRefused, one_line
from mailflow.outbox.mime_message import Envelope, build, message_id
from mailflow.outbox.mime_parts import Body, File, ascii_name, shown_name
from mailflow.parsers.mime import read_mime

PAGE = Body("x", "<p>x</p>")
ENVELOPE = Envelope(
    sender="销管订单 <orders@chenlu.example>",
    to=("rm.henan@chenlu.example",),
    cc=(),
    subject="订单",
    message_id="<0123.mailflow@chenlu.example>",
    date=datetime(2026, 11, 9, 6, 40, tzinfo=UTC),
    automatic="auto-replied",
    instance="desk-1",
)
NAMES = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Precedence",
    "X-Mailflow-Loop",
    "MIME-Version",
    "Content-Type",
]
HOSTILE = st.one_of(
    st.text(),
    st.text(
        alphabet='a订 \r\n\t\0\x0b\x0c\x1c\x85\u2028\u2029\u202e\ud800=?:;<>@"\\,', max_size=400
    ),
    st.from_regex(r"(\r?\n ?(Bcc|Subject|X-Mailflow-Loop): ?.*|=\?utf-8\?[BbQq]\?.*\?=)+"),
)


def headers(envelope: Envelope) -> list[str]:
    return message_from_bytes(build(envelope, PAGE)).keys()


def test_an_ordinary_mail_has_just_these_headers() -> None:
    assert headers(ENVELOPE) == NAMES


@pytest.mark.fault("O01", "O14")
@given(HOSTILE)
def test_no_subject_makes_a_header_and_all_of_it_comes_through(subject: str) -> None:
    raw = build(replace(ENVELOPE, subject=subject), PAGE)
    mail = message_from_bytes(raw)
    assert mail.keys() == NAMES
    assert str(make_header(decode_header(mail["Subject"]))) == one_line(subject)
    assert read_mime(raw).head.subject == one_line(subject)


@pytest.mark.fault("O01")
@given(HOSTILE)
def test_no_name_makes_a_header_or_another_address(name: str) -> None:
    envelope = replace(ENVELOPE, to=(f"{name} <rm.henan@chenlu.example>",))
    try:
        raw = build(envelope, PAGE)
    except HeaderRefused:
        return
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail.keys() == NAMES
    assert [a.addr_spec for a in mail["To"].addresses] == ["rm.henan@chenlu.example"]


@pytest.mark.fault("O01")
@given(HOSTILE, HOSTILE)
def test_no_message_id_of_a_sender_makes_a_header(in_reply_to: str, reference: str) -> None:
    envelope = replace(ENVELOPE, in_reply_to=in_reply_to, references=(reference,))
    assert set(headers(envelope)) <= {*NAMES, "In-Reply-To", "References"}


@pytest.mark.fault("O01")
@given(HOSTILE)
def test_no_reference_makes_a_header_or_is_repeated_out_of_form(reference: str) -> None:
    envelope = replace(ENVELOPE, in_reply_to="<a@b.example>", references=(reference,))
    mail = message_from_bytes(build(envelope, PAGE))
    assert sorted(mail.keys()) == sorted([*NAMES, "In-Reply-To", "References"])
    assert mail["References"].isascii()
    assert mail["References"].split()[-1] == "<a@b.example>"


def test_a_reference_out_of_form_is_left_out() -> None:
    references = (
        "<first@b.example>",
        "<bad id@b.example>",
        "x",
        "<a@b.example>\r\nBcc: <c@d.example>",
    )
    envelope = replace(ENVELOPE, in_reply_to="<a@b.example>", references=references)
    mail = message_from_bytes(build(envelope, PAGE))
    assert mail["References"].split() == ["<first@b.example>", "<a@b.example>"]


@pytest.mark.fault("O01")
@given(HOSTILE)
def test_no_extra_header_makes_another_one(value: str) -> None:
    envelope = replace(ENVELOPE, extra=(("X-Mailflow-Meant-For", value),), instance=value)
    assert sorted(headers(envelope)) == sorted([*NAMES, "X-Mailflow-Meant-For"])


@pytest.mark.fault("O01", "O07")
@given(HOSTILE, st.binary(max_size=300))
def test_no_file_name_makes_a_header_or_a_path(name: str, data: bytes) -> None:
    raw = build(ENVELOPE, PAGE, (File(name, data),))
    mail = message_from_bytes(raw, policy=policy.default)
    [part] = mail.iter_attachments()
    assert part.keys() == ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]
    assert part.get_content() == data
    assert not set(shown_name(name)) & set('/\\:*?"<>|\r\n\0')
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@pytest.mark.fault("O14")
@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b@c", "a b@c.example", "a@b.example, c@d.example", "<>", "订单@例子.example"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(HeaderRefused):
        build(replace(ENVELOPE, to=(address,)), PAGE)


@pytest.mark.parametrize("given_id", ["", "x", "<a b@c>", "<a@b>\r\nBcc: <c@d>", "<订@单>"])
def test_a_message_id_out_of_form_starts_no_thread(given_id: str) -> None:
    assert headers(replace(ENVELOPE, in_reply_to=given_id, references=("<a@b>",))) == NAMES


def test_a_long_thread_keeps_its_first_and_its_last() -> None:
    ids = tuple(f"<{n}@chenlu.example>" for n in range(40))
    raw = build(replace(ENVELOPE, in_reply_to=ids[-1], references=ids), PAGE)
    kept = message_from_bytes(raw)["References"].split()
    assert len(kept) == 10
    assert (kept[0], kept[-1]) == (ids[0], ids[-1])


def test_both_bodies_come_through() -> None:
    mail = message_from_bytes(
        build(ENVELOPE, Body("正文\n", "<p>正文</p>\n")), policy=policy.default
    )
    for kind, content in (("plain", "正文"), ("html", "<p>正文</p>")):
        body = mail.get_body((kind,))
        assert body is not None
        assert body.get_content().strip() == content


@pytest.mark.fault("O14")
@pytest.mark.parametrize(
    "name",
    [
        "FH261109-0042_南阳市童之家贸易有限公司_R1.xlsx",
        "list.xlsx",
        "订单 “11月”.xlsx",
        "名" * 200 + ".xlsx",
    ],
)
def test_three_readers_agree_on_a_file_name(name: str) -> None:
    raw = build(ENVELOPE, PAGE, (File(name, b"x"),))
    shown = shown_name(name)
    [part] = message_from_bytes(raw, policy=policy.default).iter_attachments()
    assert part.get_filename() == shown
    [attachment] = read_mime(raw).attachments
    assert attachment.name == shown
    old = next(p for p in message_from_bytes(raw).walk() if p.get_filename())
    assert old.get_filename() == ascii_name(shown)
    encoded = old.get_param("name")
    assert isinstance(encoded, str)
    assert str(make_header(decode_header(encoded.replace("\n", "")))) == shown


def test_a_list_is_known_by_its_number_even_in_ascii() -> None:
    assert ascii_name("FH261109-0042_南阳市童之家_R1.xlsx") == "FH261109-0042_R1.xlsx"
    assert ascii_name("订单.xlsx") == "attachment.xlsx"


def test_a_message_id_tells_letters_apart_and_bears_the_senders_domain() -> None:
    first = message_id(("desk-1", "digest", "1"), ENVELOPE.sender)
    assert first == message_id(("desk-1", "digest", "1"), "orders@chenlu.example")
    assert first != message_id(("desk-2", "digest", "1"), ENVELOPE.sender)
    assert first.endswith("@chenlu.example>")
