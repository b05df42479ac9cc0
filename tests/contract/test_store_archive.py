"""Kept papers are found by their words on either database, in the same way."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from mailflow.domain.archived import Archived
from mailflow.store.sql import SqlStore
from tests.contract.stores import NOW, arrival

PAPER = Archived(
    number="GD261109-0001", mail_id=1, mail_sha256="a" * 64, name="经销合同.docx", path="2", sha256="1" * 64,
    size=9, title="合同归档", sender="he@x.example", at=NOW, text="青禾市小叶子母婴用品有限公司 HT-2026-007",
)  # fmt: skip
OTHER = replace(
    PAPER, number="GD261109-0001-2", sha256="2" * 64, name="lease.pdf", title="Contract",
    text="Lease of a warehouse, 白石市; it's \"signed\"",
)  # fmt: skip


@pytest.fixture
def kept(store: SqlStore) -> SqlStore:
    store.journal.record([arrival(1)], NOW)
    with store.begin(NOW) as work:
        work.archive.keep((PAPER, OTHER))
    return store


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("合同", ["GD261109-0001"]),
        ("小叶子 合同", ["GD261109-0001"]),
        ("HT-2026-007", ["GD261109-0001"]),
        ("gd261109-0001-2", ["GD261109-0001-2"]),
        ("GD261109-0001", ["GD261109-0001"]),
        ("he@x.example", ["GD261109-0001-2", "GD261109-0001"]),
        ("LEASE warehouse", ["GD261109-0001-2"]),
        ("白石", ["GD261109-0001-2"]),
        ("母", ["GD261109-0001"]),
        ("采购合同", []),
        ("小叶 warehouse", []),
        ("\" OR 1 * ' & !", []),
        ("", []),
    ],
)
def test_papers_are_found_by_their_words(kept: SqlStore, words: str, numbers: list[str]) -> None:
    assert [f.paper.number for f in kept.find(words, 10)] == numbers
    with kept.begin(NOW) as work:
        assert [f.paper.number for f in work.archive.find(words, 10)] == numbers


def test_no_more_are_given_than_are_wanted(kept: SqlStore) -> None:
    assert [f.paper for f in kept.find("he@x.example", 1)] == [OTHER]


def test_contents_are_kept_once(kept: SqlStore) -> None:
    with kept.begin(NOW) as work:
        known = work.archive.known(["1" * 64, "9" * 64])
    assert {sha: paper.number for sha, paper in known.items()} == {"1" * 64: "GD261109-0001"}
    with pytest.raises(sa.exc.IntegrityError), kept.begin(NOW) as work:
        work.archive.keep((replace(PAPER, number="GD261109-0002"),))
    assert len(kept.find("合同", 10)) == 1


def test_what_is_rolled_back_is_not_found(store: SqlStore) -> None:
    store.journal.record([arrival(1)], NOW)
    with contextlib.suppress(ZeroDivisionError), store.begin(NOW) as work:
        work.archive.keep((PAPER,))
        _ = 1 / 0
    assert store.find("合同", 10) == ()
