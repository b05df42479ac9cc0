"""Templates keep what letters need: escaped, self-contained, said in both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailflow.domain.appraisal import Funding
from mailflow.domain.decision import STATE_OF, Outcome
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailKind, MailState, Trust
from mailflow.domain.message import MessageState
from mailflow.domain.notice_asked import ApprovalNotice
from mailflow.domain.notice_digest import DigestNotice
from mailflow.domain.notice_orders import AnswerNotice, ListNotice
from mailflow.domain.order import OrderState
from mailflow.domain.painting import CellRole, RowRole, Why
from mailflow.domain.question import QuestionState
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.story_view import UNDERWAY
from mailflow.outbox.typeset_inline import inlined
from mailflow.outbox.typeset_templates import environment_of
from mailflow.outbox.typeset_words import Words
from mailflow.outbox.wording import Wording
from mailflow.parsers.vocabulary import Meaning
from tests.outbox.letters import TEMPLATES, named_letters, pages

NOTICES = tuple(n.code for n in (ListNotice, AnswerNotice, ApprovalNotice, DigestNotice))
ZONE = ZoneInfo("Asia/Shanghai")
SOURCES = sorted(p for p in TEMPLATES.rglob("*") if p.suffix in (".html", ".txt"))
VOID = {"meta", "br", "img", "hr"}


def test_all_templates_compile_and_all_words_are_there() -> None:
    assert pages().complaints(NOTICES) == ()


def test_a_notice_without_templates_is_complained_of() -> None:
    assert pages().complaints(("no-such-notice",)) != ()


@pytest.mark.fault("O02")
@pytest.mark.parametrize("path", SOURCES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_nothing_gets_around_escaping(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup", source)
    if path.suffix == ".html":
        # A macro of a text template is not escaped, and would be taken as if it were.
        borrowed = re.findall(r'{%-?\s*(?:from|import|include|extends)\s+"([^"]+)"', source)
        assert all(name.endswith(".html") for name in borrowed)


@pytest.mark.fault("P01")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(named_letters("zh")))
def test_a_page_is_well_formed_and_asks_nothing_of_the_network(name: str, language: str) -> None:
    html = pages().page(named_letters(language)[name]).html
    assert not re.search(r"https?:|url\(|<img|<script|<link|@import|javascript:", html)
    assert "class=" not in html
    assert "jinja" not in html
    assert_closed(html)


class _Open(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_closed(html: str) -> None:
    parser = _Open()
    parser.feed(html)
    parser.close()
    assert parser.open == []


def test_styles_are_written_on_elements_and_statements_stay_where_they_were() -> None:
    source = (
        '<table class="t"><tbody>{% for x in y %}<tr><td class="c" style="color: {{ x }}">'
        "{{ a > b }}</td></tr>{% endfor %}</tbody></table>"
    )
    out = inlined(source, ".t { width: 100% } .c { padding: 1px }")
    assert "{% for x in y %}<tr>" in out
    assert "</tr>{% endfor %}</tbody>" in out
    assert "{{ a > b }}" in out
    assert re.search(r'<td style="padding: 1px;\s*color: {{ x }}">', out)
    assert "class=" not in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_that_can_be_shown_of_a_reading_has_a_word(language: str) -> None:
    words = pages().words("reading", language)
    assert all(words[f"role_{role}"] for role in CellRole)
    assert {words[f"row_{role}"] for role in RowRole if role not in (RowRole.BLANK, RowRole.GAP)}
    assert all(words[f"why_{why}"] for why in Why)
    assert all(words[f"means_{meaning}"] for meaning in Meaning)
    assert all(words[f"asks_{asked}"] for asked in Asked)
    assert all(words[f"would_{end}"] for end in (*Outcome, *STATE_OF.values(), MailState.IGNORED))
    assert all(words[f"letter_{code}"] for code in NOTICES)
    assert all(words[f"kind_{kind}"] for kind in MailKind)
    assert all(words[f"trust_{trust}"] for trust in Trust)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_event_of_a_story_has_a_word(language: str) -> None:
    words = pages().words("story", language)
    said = [
        *(("mail", state) for state in MailState),
        *(("order", state) for state in (*OrderState, "listed")),
        *(("order", state) for state in QuestionState if state is not QuestionState.OPEN),
        *(("question", state) for state in QuestionState),
        *(("message", state) for state in MessageState if state not in UNDERWAY),
        *(("case", state) for state in ("open", "closed")),
    ]
    assert all(words[f"{kind}_{state}"] for kind, state in said)
    assert all(words[f"state_{state}"] for state in OrderState)
    assert all(words[f"paid_{funding}"] for funding in Funding)


class Unsaid:
    """Of which nobody may ask what it is as a text."""

    def __repr__(self) -> str:
        raise AssertionError("a page of a hundred lines would be written out for each of its words")


def test_a_sentence_is_told_its_blanks_and_not_all_that_its_loop_knows() -> None:
    words = Words("x", *({"goods": Wording.of("{n} tins")},) * 2)
    source = (
        "{% block all %}{% set goods = lines %}{{ w('goods', n=3) }}"
        "{% for each in goods %}{% set line = each %} {{ w('goods', n=loop.index) }}{% endfor %}{% endblock %}"
    )
    page = environment_of((TEMPLATES,), ZONE, Catalogue((TEMPLATES,))).from_string(source)
    assert page.render(w=words, lines=[Unsaid(), Unsaid()]) == "3 tins 1 tins 2 tins"
