"""Texts of mails stay texts, and a house's own templates get no further than they may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailflow.domain.decision import Outcome
from mailflow.domain.notice_orders import ListNotice
from mailflow.outbox import specimen_orders as some
from mailflow.outbox import specimen_reports
from mailflow.outbox import specimens as made
from mailflow.outbox.typeset import CannotTypeset
from tests.outbox.letters import STATIONERY, bodies, named_letters, pages, typeset


@pytest.mark.fault("O02")
def test_names_of_products_and_files_are_text_in_html() -> None:
    evil = "<script>alert(1)</script>&\"'"
    order = some.order()
    lines = (replace(order.lines[0], name=evil, remark=evil),)
    sheet = replace(some.dispatch_list(), order=replace(order, lines=lines, remarks=(evil,)))
    goods = named_letters("zh")["dispatch-list"]
    plain, rich = bodies(typeset(replace(goods, notice=ListNotice(sheet)))[0])
    assert "<script>" not in rich
    assert "&lt;script&gt;" in rich
    assert evil in plain


@pytest.mark.fault("O03")
def test_what_looks_like_a_template_or_a_blank_stays_text() -> None:
    evil = "{{ notice.__class__ }} {% for x in y %} {found} {0} {found.__class__} %s"
    finding = replace(some.loose_tins(), found=evil, details=(*some.loose_tins().details,))
    report = replace(specimen_reports.returned_report(), findings=(finding,))
    notice = replace(specimen_reports.answered(report, outcome=Outcome.RETURNED), subject=evil)
    letter = specimen_reports.answer(notice)
    plain, rich = bodies(typeset(letter)[0])
    assert evil in plain
    assert "{{ notice.__class__ }}" in rich
    assert evil in pages().subject(letter)


def own_templates(folder: Path, source: str) -> Path:
    (folder / "digest").mkdir()
    (folder / "digest" / "text.txt").write_text(source, encoding="utf-8")
    return folder


@pytest.mark.fault("O03", "O09")
@pytest.mark.parametrize(
    "source",
    [
        "{{ notice.no_such_field }}",
        "{{ nothing_of_this_name }}",
        "{{ notice.counts.mails | no_such_filter }}",
        "{{ w.no_such_word }}",
        "{{ notice.__class__.__mro__ }}",
        "{{ ''.__class__.__subclasses__() }}",
        "{% include '../../../etc/passwd' %}",
        "{{ range(9) }}",
        "{{ notice.day + 'x' }}",
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_refused(tmp_path: Path, source: str) -> None:
    own = own_templates(tmp_path, source)
    with pytest.raises(CannotTypeset, match="digest"):
        typeset(named_letters("zh")["digest"], STATIONERY, own)


def test_the_houses_own_template_comes_before_the_packaged_one(tmp_path: Path) -> None:
    own = own_templates(tmp_path, "{{ notice.recipient.name }} 早")
    plain, _ = bodies(typeset(named_letters("zh")["digest"], STATIONERY, own)[0])
    assert plain.strip() == "销管一 早"


def test_the_houses_own_words_may_be_a_few(tmp_path: Path) -> None:
    (tmp_path / "digest").mkdir()
    words = "lead_quiet: {zh: 天下太平, en: All quiet}\n"
    (tmp_path / "digest" / "words.yaml").write_text(words, encoding="utf-8")
    plain, _ = bodies(typeset(named_letters("zh")["digest-quiet"], STATIONERY, tmp_path)[0])
    assert plain.startswith("天下太平")
    assert "来信 0 封" in plain


@pytest.mark.fault("O09")
def test_a_template_that_fails_is_complained_of_before_any_letter_needs_it(tmp_path: Path) -> None:
    assert made.complaints_about(pages()) == ()
    complaints = made.complaints_about(pages(own_templates(tmp_path, "{{ notice.gone }}")))
    assert len(complaints) == 2
    assert all("digest" in complaint and "gone" in complaint for complaint in complaints)
