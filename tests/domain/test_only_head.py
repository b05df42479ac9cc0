"""A mail of which only the header was kept is known as one, and no other is."""

from __future__ import annotations

import pytest

from mailflow.domain.only_head import MARK, MOST_HEAD, is_only_head, only_head

HEAD = b"From: a@b.example\r\nSubject: order"
BODY = b"\r\n\r\nsix cases\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        HEAD,
        HEAD + BODY,
        HEAD + b"\r\n\r\n",
        HEAD + b"\r\n" + MARK + BODY,
        HEAD + BODY + MARK + b"\r\n\r\n",
        HEAD + b"\r\nX-Other: " + MARK + b"\r\n\r\n",
        MARK,
    ],
)
def test_a_mail_that_came_whole_is_none(raw: bytes) -> None:
    assert not is_only_head(raw)


@pytest.mark.parametrize(
    "beginning", [b"", HEAD, b"\r\n\r\n" + BODY, b"X: y\r\n" * (MOST_HEAD // 6)]
)
def test_without_a_whole_header_nothing_is_made_of_it(beginning: bytes) -> None:
    assert only_head(beginning) is None


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_of_a_beginning_its_header_is_kept_and_nothing_of_its_body(line_end: bytes) -> None:
    whole = (HEAD + BODY).replace(b"\r\n", line_end)
    kept = only_head(whole)
    assert kept is not None
    assert kept.startswith(HEAD.replace(b"\r\n", line_end) + line_end)
    assert b"six cases" not in kept
    assert is_only_head(kept)
    assert only_head(whole[: whole.index(b"six")]) == kept
