"""Nobody is taken for the sender of a mail whose From line can be read in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.parsers.mime import read_mime
from mailflow.parsers.mime_from import sole_address
from tests.parsers.mime_mails import a_mail

ALICE = "alice@ok.example"
SOMEBODY = (
    ("alice@ok.example", ""),
    ("<alice@ok.example>", ""),
    ("Alice@OK.Example", ""),
    ("Alice <alice@ok.example>", "Alice"),
    ("Alice<alice@ok.example>", "Alice"),
    ('"Alice" <alice@ok.example>', "Alice"),
    ('"Li, Alice" <alice@ok.example>', "Li, Alice"),
    ('"A \\"Al\\" Li" <alice@ok.example>', 'A "Al" Li'),
    ('"evil@x.example" <alice@ok.example>', "evil@x.example"),
    ('"<evil@x.example>" <alice@ok.example>', "<evil@x.example>"),
    ('"Alice" "Li" <alice@ok.example>', "Alice Li"),
    ("Mr. Li <alice@ok.example>", "Mr. Li"),
    ("[desk] Alice <alice@ok.example>", "[desk] Alice"),
    ("王经理 <alice@ok.example>", "王经理"),
    ("=?utf-8?b?546L57uP55CG?= <alice@ok.example>", "王经理"),
    ("=?gb2312?B?zfW+rcDt?= <alice@ok.example>", "王经理"),
    ('"=?gb18030?B?zfW+rcDt?=" <alice@ok.example>', "王经理"),
    ("=?utf-8?q?evil=40x.example=2C?= <alice@ok.example>", "evil@x.example,"),
    ("=?utf-8?q?evil=40x.example=3E?= <alice@ok.example>", "evil@x.example>"),
    ("Alice\r\n <alice@ok.example>", "Alice"),
    ("\r\n Alice <alice@ok.example>", "Alice"),
    ("  Alice   <alice@ok.example>  ", "Alice"),
    ("Alice ＜evil＠x.example＞ <alice@ok.example>", "Alice ＜evil＠x.example＞"),
)
OTHERS = (
    ("o'hara+orders@ok.example", "o'hara+orders@ok.example"),
    ("a.b.c@mail.ok.example", "a.b.c@mail.ok.example"),
    ("alice@xn--fsqu00a.example", "alice@xn--fsqu00a.example"),
    ("123456@qq.example", "123456@qq.example"),
    ("alice@ok.example.evil.example", "alice@ok.example.evil.example"),
    ("alice@notok.example", "alice@notok.example"),
)
NOBODY = (
    "",
    "Alice",
    "<>",
    "Alice <>",
    "alice@ok.example <evil@x.example>",
    "alice@ok.example<evil@x.example>",
    "<alice@ok.example> <evil@x.example>",
    "<alice@ok.example><evil@x.example>",
    "Alice <alice@ok.example> <evil@x.example>",
    "Alice <alice@ok.example>, Evil <evil@x.example>",
    "alice@ok.example, evil@x.example",
    "alice@ok.example,",
    ",alice@ok.example",
    "alice@ok.example;",
    "alice@ok.example evil@x.example",
    "Alice, Li <alice@ok.example>",
    "friends: alice@ok.example, evil@x.example;",
    "friends: alice@ok.example;",
    "undisclosed-recipients:;",
    "friends: Alice <alice@ok.example>",
    "alice@ok.example (Alice)",
    "(evil@x.example) alice@ok.example",
    "Alice (on the road) <alice@ok.example>",
    "Alice <alice@ok.example> (home)",
    "alice(comment)@ok.example",
    "alice@ok.example(evil@x.example",
    "alice@(ok.example)x.example",
    "Alice <alice@ok.example(x)>",
    '"Alice <alice@ok.example>',
    'Alice" <alice@ok.example>',
    '"Alice\\" <alice@ok.example>',
    '"alice"@ok.example',
    '"alice@ok.example"@x.example',
    '"alice@ok.example" ',
    "alice@ok.example@x.example",
    "alice\\@ok.example@x.example",
    "Alice\\ <alice@ok.example>",
    "<@x.example:alice@ok.example>",
    "<@x.example,@y.example:alice@ok.example>",
    "< alice@ok.example>",
    "<alice@ok.example >",
    "<alice @ok.example>",
    "<alice@\r\n ok.example>",
    "<alice@ok.\r\n\texample>",
    "<alice@ok.example",
    "alice@ok.example>",
    "<<alice@ok.example>>",
    "alice@ok.example.",
    "<alice@ok.example.>",
    "alice@.ok.example",
    "alice@ok..example",
    ".alice@ok.example",
    "alice.@ok.example",
    "al..ice@ok.example",
    "alice@-ok.example",
    "alice@ok-.example",
    "alice@ok_.example",
    "alice@localhost",
    "alice@[192.0.2.1]",
    "alice@192.0.2.1",
    "alice@ok.e",
    "alice",
    "@ok.example",
    "alice@",
    "alice@оk.example",
    "alice@ｏｋ.example",
    "alice@ok。example",
    "alice＠ok.example",
    "älice@ok.example",
    "=?utf-8?q?alice=40ok.example?=",
    "<=?utf-8?q?alice?=@ok.example",
    "=?utf-8?q?Alice_=3Calice=40ok.example=3E?=",
    "alice@=?utf-8?q?ok.example?=",
    "Alice <alice@=?utf-8?b?b2suZXhhbXBsZQ==?=>",
    "alice\x00@ok.example",
    "alice@ok.example\x00",
    "\x00Alice <alice@ok.example>",
    "Alice\x0b <alice@ok.example>",
    "alice@ok.example\x7f",
    "mailto:alice@ok.example",
    "alice!ok.example",
    "a" * 65 + "@ok.example",
    "alice@" + "a." * 130 + "example",
    "Alice " + "x" * 5000 + " <alice@ok.example>",
)


def sender_of(value: str) -> str | None:
    return read_mime(a_mail(f"From: {value}", "Subject: x")).head.sender


def test_a_mail_without_a_from_line_is_nobodys() -> None:
    assert read_mime(a_mail("Subject: x")).head.sender is None


@pytest.mark.fault("A05", "A06", "A10")
@pytest.mark.parametrize("value", NOBODY)
def test_a_line_that_can_be_read_in_two_ways_is_nobodys(value: str) -> None:
    assert sender_of(value) is None


@pytest.mark.fault("A11")
@pytest.mark.parametrize(("value", "name"), SOMEBODY)
def test_a_plain_line_names_its_sender(value: str, name: str) -> None:
    head = read_mime(a_mail(f"From: {value}", "Subject: x")).head

    assert (head.sender, head.sender_name) == (ALICE, name)


@pytest.mark.fault("A10")
@pytest.mark.parametrize(("value", "address"), OTHERS)
def test_an_address_is_itself_and_no_other(value: str, address: str) -> None:
    assert sender_of(value) == address


@pytest.mark.fault("A06")
def test_two_from_lines_are_nobodys_even_when_they_agree() -> None:
    line = f"From: <{ALICE}>"

    assert read_mime(a_mail(line, "Subject: x", line)).head.sender is None


@pytest.mark.fault("A06")
def test_a_from_line_in_other_letters_counts_as_a_second_one() -> None:
    mail = a_mail(f"From: <{ALICE}>", "FROM: <evil@x.example>")

    assert read_mime(mail).head.sender is None


@pytest.mark.fault("A06")
@pytest.mark.parametrize("sender", ["evil@x.example", "Evil <evil@x.example>", "nonsense", ""])
def test_a_sender_line_that_names_somebody_else_makes_it_nobodys(sender: str) -> None:
    mail = a_mail(f"From: <{ALICE}>", f"Sender: {sender}")

    assert read_mime(mail).head.sender is None


def test_a_sender_line_that_says_the_same_does_no_harm() -> None:
    mail = a_mail(f"From: Alice <{ALICE}>", f"Sender: {ALICE.upper()}")

    assert read_mime(mail).head.sender == ALICE


@pytest.mark.fault("A14")
def test_reply_to_is_never_the_sender() -> None:
    mail = a_mail("Reply-To: evil@x.example", f"From: <{ALICE}>")

    assert read_mime(mail).head.sender == ALICE


def test_a_name_in_raw_gbk_does_not_hide_the_address() -> None:
    mail = a_mail(b"From: " + "王经理".encode("gbk") + b" <alice@ok.example>")

    head = read_mime(mail).head
    assert (head.sender, head.sender_name) == (ALICE, "王经理")


def test_a_raw_byte_that_looks_like_an_at_sign_is_not_believed_to_be_half_a_chinese_one() -> None:
    mail = a_mail(b"From: \x81@evil.example <alice@ok.example>")

    assert read_mime(mail).head.sender is None


@pytest.mark.fault("A05")
@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_stands_in_the_line_an_address_is_plain_or_absent(value: str) -> None:
    address, _ = sole_address([value])

    if address is not None:
        assert address.isascii()
        assert address == address.lower()
        assert address in value.lower()
        assert address.count("@") == 1


@pytest.mark.fault("A05", "A11")
@settings(deadline=None)
@given(st.text('alice@ok.example <>,;:()"\\\t\r\n =?', max_size=40))
def test_nothing_before_the_brackets_ever_becomes_the_address(name: str) -> None:
    assert sole_address([f"{name} <evil@x.example>"])[0] in (None, "evil@x.example")
