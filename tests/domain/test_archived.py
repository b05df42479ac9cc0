"""The words of a paper: whatever stands in it is found by any of its parts, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.archived import (
    Archived,
    archive_number,
    found_in,
    says_archive,
    tokens_of,
    wanted_tokens,
)

NOW = datetime(2026, 11, 27, 2, tzinfo=UTC)
PAPER = Archived(
    number="GD261127-0042", mail_id=42, mail_sha256="a" * 64, name="合同.docx", path="2", sha256="b" * 64,
    size=9, title="经销合同归档", sender="he@x.example", at=NOW, text="青禾市小叶子母婴\n用品有限公司，合同号 HT-2026-007",
)  # fmt: skip
CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x4E30), min_size=2, max_size=40
)


@pytest.mark.parametrize("subject", ["11月订单", "质检报告", "合 同", "contraction", "re: order"])
def test_is_silent_about_what_is_not_to_be_kept(subject: str) -> None:
    assert not says_archive(subject)


@pytest.mark.parametrize(
    "subject", ["合同归档", "转发：经销协议", "Contract with Xiaoyezi", "请存档"]
)
def test_what_is_to_be_kept_says_so(subject: str) -> None:
    assert says_archive(subject)


@pytest.mark.parametrize(
    "words",
    [
        "合同",
        "小叶子",
        "母婴用品",
        "青禾 有限公司",
        "HT-2026-007",
        "ht 007",
        "gd261127-0042",
        "協議 合同"[3:],
        "约"[:0] + "司",
    ],
)
def test_every_part_of_it_finds_it(words: str) -> None:
    assert set(wanted_tokens(words)) <= set(tokens_of(PAPER.searched))
    assert found_in(PAPER, words) is not None


@pytest.mark.parametrize(
    "words", ["采购合同", "叶小", "HT-2026-008", "，", "", "  ", '"', "' | 'a"]
)
def test_what_does_not_stand_in_it_does_not(words: str) -> None:
    assert found_in(PAPER, words) is None


def test_where_the_words_stand_is_shown() -> None:
    found = found_in(PAPER, "用品")
    assert found is not None
    assert "小叶子母婴 用品有限公司" in found.around


def test_the_second_file_of_a_mail_has_a_number_of_its_own() -> None:
    assert [archive_number(NOW, 42, at) for at in (0, 1)] == ["GD261127-0042", "GD261127-0042-2"]


@given(CHINESE, st.data())
def test_any_two_signs_or_more_of_a_text_find_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    paper = replace(PAPER, text=text)
    assert set(wanted_tokens(text[start:end])) <= set(tokens_of(paper.searched))
    assert found_in(paper, text[start:end]) is not None


@given(st.text(max_size=60))
def test_tokens_are_signs_that_no_query_is_made_of(words: str) -> None:
    for token in (*wanted_tokens(words), *tokens_of(words)):
        assert token.isalnum()
