"""A signature counts where it covers all that is read, with a key that is published and strong."""

from __future__ import annotations

import pytest

from mailflow.domain.proof import ServerVerdict, Signature
from mailflow.parsers.mime import read_mime
from mailflow.parsers.signers import signers_of
from tests.signing import SIGNED, key_pair, record, signed

NAME = "s1._domainkey.songping.example"
KEYS = {NAME: record()}
RAW = (
    b"From: bei.manager@songping.example\r\nTo: orders@songping.example\r\nSubject: order\r\n"
    b"Date: Tue, 10 Nov 2026 10:00:00 +0800\r\nMessage-ID: <a@songping.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nten cases\r\n"
)


def test_a_mail_without_a_signature_is_signed_by_nobody() -> None:
    assert signers_of(RAW, KEYS) == []
    assert read_mime(RAW).head.signatures == ()


def test_a_right_signature_names_its_domain() -> None:
    raw = signed(RAW)
    assert signers_of(raw, KEYS) == ["songping.example"]
    assert read_mime(raw).head.signatures == (Signature("songping.example", "s1"),)
    assert read_mime(raw).head.signatures[0].key_name == NAME


def test_without_its_key_it_proves_nothing() -> None:
    assert signers_of(signed(RAW), {}) == []
    assert signers_of(signed(RAW), {"other._domainkey.songping.example": record()}) == []


@pytest.mark.fault("A08")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"ten cases", b"ten thousand cases"),
        (b"Subject: order", b"Subject: cancel"),
        (b"From: bei", b"From: nan"),
        (b"Date: Tue, 10", b"Date: Tue, 17"),
        (b"text/plain", b"text/html"),
        (b"\r\nSubject: order", b"\r\nSubject: cancel\r\nSubject: order"),
        (b"MIME-Version: 1.0", b"Content-Type: text/html\r\nMIME-Version: 1.0"),
    ],
)
def test_whatever_is_changed_or_added_later_is_not_signed(before: bytes, after: bytes) -> None:
    raw = signed(RAW)
    assert raw.count(before) >= 1
    assert signers_of(raw.replace(before, after), KEYS) == []


@pytest.mark.fault("A08")
def test_a_part_of_the_body_is_not_the_body() -> None:
    raw = signed(RAW, length=True)
    assert b"l=" in raw
    assert signers_of(raw, KEYS) == []


@pytest.mark.fault("A08")
@pytest.mark.parametrize("left_out", [b"subject", b"date", b"content-type"])
def test_what_is_read_has_to_be_signed(left_out: bytes) -> None:
    names = tuple(name for name in SIGNED if name != left_out)
    assert signers_of(signed(RAW, include_headers=names), KEYS) == []


def test_an_old_algorithm_and_a_key_on_trial_prove_nothing() -> None:
    assert signers_of(signed(RAW, signature_algorithm=b"rsa-sha1"), KEYS) == []
    assert signers_of(signed(RAW), {NAME: record().replace("k=rsa", "k=rsa; t=y")}) == []
    assert signers_of(signed(RAW), {NAME: record().replace("k=rsa", "k=rsa; t=s")}) != []
    assert signers_of(signed(RAW), {NAME: "v=DKIM1; k=rsa; p="}) == []


@pytest.mark.parametrize("text", ["", "p=", "k=rsa; p=AAAA", "\x00", "v=DKIM1; p=" + "A" * 400])
def test_any_record_and_any_signature_ends_in_an_answer(text: str) -> None:
    assert signers_of(signed(RAW), {NAME: text}) == []
    for line in (
        "v=1",
        "",
        "v=1; a=rsa-sha256; d=songping.example; s=s1; h=from; bh=x; b=x",
        "=;=;",
    ):
        assert signers_of(b"DKIM-Signature: " + line.encode() + b"\r\n" + RAW, KEYS) == []


def test_one_of_several_is_enough_and_each_speaks_for_itself() -> None:
    twice = signed(signed(RAW, "list.example"))
    assert signers_of(twice, KEYS) == ["songping.example"]
    both = {**KEYS, "s1._domainkey.list.example": record()}
    assert signers_of(twice, both) == ["songping.example", "list.example"]
    assert key_pair() is key_pair()


def verdicts(*lines: str) -> tuple[ServerVerdict, ...]:
    head = "".join(f"Authentication-Results: {line}\r\n" for line in lines).encode()
    return read_mime(head + RAW).head.verdicts


@pytest.mark.fault("A02")
def test_verdicts_are_read_with_the_name_of_who_wrote_them() -> None:
    assert verdicts() == ()
    assert verdicts(
        "MX.house.example 1; spf=pass smtp.mailfrom=a@x.example;\r\n dkim=pass header.d=x.example;"
        "\r\n dmarc=pass (p=none dis=none) header.from=Songping.example"
    ) == (ServerVerdict("mx.house.example", "pass", "songping.example"),)
    assert verdicts("mx.house.example; none") == (ServerVerdict("mx.house.example"),)
    assert verdicts("mx.house.example; dmarc=fail header.from=songping.example") == (
        ServerVerdict("mx.house.example", "fail", "songping.example"),
    )


@pytest.mark.fault("A02")
def test_a_verdict_that_cannot_be_read_is_no_good_one() -> None:
    assert verdicts("mx.house.example; dmarc=pass (x header.from=songping.example") == (
        ServerVerdict("mx.house.example"),
    )
    assert {
        v.dmarc for v in verdicts(*["mx.house.example; dmarc=pass header.from=a.example"] * 17)
    } == {""}
