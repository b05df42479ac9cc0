"""Every code that a mail or an order can get has its words, in both languages."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

import mailflow
from mailflow.desk.digest import UNTOLD, explained
from mailflow.domain.attached import RefusedBecause
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Aside
from mailflow.domain.master import YES_NO
from mailflow.domain.matter import MachineTrouble, Matter, MatterKind, Overdue
from mailflow.domain.register import ProductKind, Role
from mailflow.outbox import specimen_orders as some
from mailflow.outbox.catalogue import LANGUAGES, Catalogue, CatalogueError
from mailflow.parsers.sandbox_verdict import Reason
from mailflow.rules.check import all_checks
from mailflow.rules.reports import RECEIVED
from mailflow.rules.routes import ROUTES
from mailflow.rules.table_words import KINDS, ROLES, worded
from mailflow.rules.table_words import LANGUAGES as MAILED_LANGUAGES
from tests.outbox.letters import TEMPLATES

SOURCES = Path(mailflow.__file__).parent


def packaged() -> Catalogue:
    return Catalogue((TEMPLATES,))


def codes_made_directly() -> set[str]:
    """The first argument of every `Finding(…)` in the program that is written out."""
    calls = (
        node
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and node.args
    )
    first = (call.args[0] for call in calls)
    return {str(a.value) for a in first if isinstance(a, ast.Constant)}


def reasons() -> tuple[str, ...]:
    """Everything that can stand in a digest as the reason of a matter."""
    routes = (route.reason for route in ROUTES if not route.answered)
    checks = (check.code for check in all_checks())
    return (*checks, *codes_made_directly(), *RECEIVED, *routes, *Aside, *MachineTrouble, *Overdue)


def test_the_codes_made_directly_are_found() -> None:
    assert {"attachment-refused", "unknown-document", "uncertain-line"} <= codes_made_directly()


def test_every_reason_there_is_has_its_words_in_both_languages() -> None:
    assert packaged().complaints(reasons()) == ()


def test_every_end_of_a_reading_is_a_reason() -> None:
    ends = {f"quarantined:{reason}" for reason in get_args(Reason)}
    assert ends <= set(Aside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_title_of_its_own(language: str) -> None:
    titles = {reason: packaged().title(reason, language) for reason in dict.fromkeys(reasons())}
    assert len(set(titles.values())) == len(titles)
    assert not any(reason in title for reason, title in titles.items())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", sorted(UNTOLD))
def test_a_reason_no_letter_explains_is_explained_in_the_digest(reason: str, language: str) -> None:
    since = datetime(2026, 11, 9, tzinfo=UTC)
    matter = Matter(kind=MatterKind.CASE, reference="M1", reason=reason, since=since)
    [finding] = explained(matter)
    sentence = packaged().message(finding, language)
    assert packaged().title(reason, language) != sentence
    if finding.variant:
        assert sentence != packaged().message(replace(finding, variant=""), language)


def test_what_a_letter_has_explained_is_not_explained_again() -> None:
    since = datetime(2026, 11, 9, tzinfo=UTC)
    for reason in ("", "stranger", "loose-tins,over-credit"):
        assert not explained(Matter(kind=MatterKind.CASE, reference="", reason=reason, since=since))


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_master_table_are_said_as_they_are_read_again(language: str) -> None:
    words = packaged().words(language)
    known = (
        *((role.value, ROLES, role.value) for role in Role),
        *((kind.value, KINDS, kind.value) for kind in ProductKind),
        *((each, MAILED_LANGUAGES, each) for each in LANGUAGES),
    )
    for code, read, expected in known:
        assert worded(words[f"rv_{code}"], read) == expected
    assert [YES_NO[words[f"rv_{each}"]] for each in ("yes", "no")] == [True, False]


def test_what_somebody_wrote_is_never_taken_for_a_word_of_the_table() -> None:
    plain = Finding("register-changed", Severity.INFO, Asked.NOBODY, variant="name")
    name = replace(plain, found="finance", expected="yes")
    assert packaged().message(name, "zh") == "名称原来是“yes”，改为“finance”。"
    wrong = replace(name, code="register-value", variant="yes-no", expected="active")
    assert packaged().message(wrong, "zh") == "“finance”看不懂（在售），请写“是”或“否”。"
    sold = replace(name, variant="active", found="no", details=(("distributor", "一段"),))
    assert packaged().message(sold, "zh") == "一段：在售原来是“是”，改为“否”。"
