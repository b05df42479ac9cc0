"""Every code that a mail or an order can get has its words, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailflow.domain.document import RefusedBecause
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.outbox import specimen_orders as some
from mailflow.outbox.catalogue import LANGUAGES, Catalogue, CatalogueError
from mailflow.rules.check import all_checks
from mailflow.rules.routes import ROUTES
from tests.outbox.letters import TEMPLATES

ELSEWHERE = ("attachment-refused", "unknown-document", "message-failed", "message-unknown")


def packaged() -> Catalogue:
    return Catalogue((TEMPLATES,))


def test_every_check_and_every_unanswered_mail_has_its_words_in_both_languages() -> None:
    reasons = (route.reason for route in ROUTES if not route.answered)
    codes = [*(check.code for check in all_checks()), *reasons, *ELSEWHERE]
    assert packaged().complaints(codes) == ()


def test_a_code_without_words_is_complained_of_and_refused() -> None:
    assert packaged().complaints(("no-such-code",))
    with pytest.raises(CatalogueError, match="no-such-code"):
        packaged().message(Finding("no-such-code", Severity.ERROR, Asked.SENDER), "zh")


def test_a_code_without_words_is_its_own_title_so_that_a_digest_always_leaves() -> None:
    assert packaged().title("no-such-code", "zh") == "no-such-code"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", list(RefusedBecause))
def test_every_refused_attachment_is_told_what_to_do(reason: RefusedBecause, language: str) -> None:
    finding = replace(some.refused(), variant=reason.value)
    message = packaged().message(finding, language)
    assert "订单.xlsx" in message
    assert message != packaged().message(replace(finding, variant="of no reason"), language)


def test_a_finding_that_lacks_what_its_words_ask_for_is_refused() -> None:
    with pytest.raises(CatalogueError, match="loose-tins"):
        packaged().message(replace(some.loose_tins(), details=()), "zh")


def test_the_houses_own_words_come_before_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "findings").mkdir()
    own = "loose-tins: {title: 零头, message: '{found} 有零头'}\n"
    (tmp_path / "findings" / "zh.yaml").write_text(own, encoding="utf-8")
    catalogue = Catalogue((tmp_path, TEMPLATES))
    assert catalogue.message(some.loose_tins(), "zh") == "13 有零头"
    assert catalogue.title("over-credit", "zh") != "over-credit"


@pytest.mark.parametrize(
    "content", ["[1]", "a: [", "loose-tins: {title: x}", "loose-tins: {title: x, message: '{a.b}'}"]
)
def test_a_catalogue_that_cannot_be_used_says_which_and_why(tmp_path: Path, content: str) -> None:
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings" / "zh.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"zh\.yaml"):
        Catalogue((tmp_path, TEMPLATES)).complaints(())


def test_no_catalogue_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="found in none of"):
        Catalogue((tmp_path,)).words("zh")
