"""A specimen of every letter, with invented people: what `doctor` tries the templates with."""

from __future__ import annotations

from mailflow.domain.asking import Urging
from mailflow.domain.chase import Stage
from mailflow.domain.decision import Outcome
from mailflow.domain.notice import Letter, ListFile
from mailflow.domain.notice_asked import (
    TOLD_IN_REPLY,
    ApprovalNotice,
)
from mailflow.domain.notice_orders import ListNotice
from mailflow.outbox.catalogue import LANGUAGES
from mailflow.outbox.specimen_announcement import announcement_letters
from mailflow.outbox.specimen_archive import archive_letters
from mailflow.outbox.specimen_asked import (
    listed_otherwise,
    offering,
    question,
    refusal,
    replied,
    taken,
    uncorrected,
    urged,
)
from mailflow.outbox.specimen_budget import budget_letters
from mailflow.outbox.specimen_calls import call_letters, fewer_report
from mailflow.outbox.specimen_clock import clock_letters
from mailflow.outbox.specimen_confirmed import confirmed_letters
from mailflow.outbox.specimen_consumers import consumer_letters
from mailflow.outbox.specimen_digest import digest
from mailflow.outbox.specimen_goods import goods_letters
from mailflow.outbox.specimen_help import help_letters
from mailflow.outbox.specimen_late import late_letters
from mailflow.outbox.specimen_money import money_letters
from mailflow.outbox.specimen_month import month_letters
from mailflow.outbox.specimen_orders import (
    ADMIN,
    FINANCE,
    dispatch_list,
    refused,
)
from mailflow.outbox.specimen_papers import paper_letters
from mailflow.outbox.specimen_proof import proof_letters
from mailflow.outbox.specimen_reading import specimen_reading
from mailflow.outbox.specimen_register import register_letters
from mailflow.outbox.specimen_reports import (
    answer,
    answered,
    every_report,
    held_report,
)
from mailflow.outbox.specimen_request import request_letters
from mailflow.outbox.specimen_statistics import statistics_letters
from mailflow.outbox.specimen_stock import all_short_report, short_report, stock_letters
from mailflow.outbox.specimen_story import specimen_story
from mailflow.outbox.specimen_tables import table_letters
from mailflow.outbox.typeset_pages import CannotTypeset, Pages


def specimens(language: str = "zh") -> tuple[Letter, ...]:
    """At least one of every notice, and of an answer one of every outcome."""
    admin = (ADMIN.email,)
    goods = Letter(
        notice=ListNotice(dispatch_list()),
        to=("warehouse.north@chenlu.example",),
        subject_id="FH261109-0042",
        language=language,
        enclosures=(ListFile(dispatch_list()),),
    )
    approval = Letter(
        notice=ApprovalNotice(FINANCE, held_report(), ADMIN),
        to=(FINANCE.email,),
        subject_id="DD261109-0042",
        language=language,
        question=question(),
    )
    return (
        *(answer(answered(r, outcome=r.outcome), language) for r in every_report()),
        answer(answered(outcome=Outcome.RETURNED, findings=(refused(),)), language),
        goods,
        approval,
        *(urged(urging, language) for urging in (Urging.REMINDER, Urging.DEPUTY, Urging.HANDOVER)),
        *(uncorrected(stage, language) for stage in (Stage.REMIND, Stage.AGAIN, Stage.CLOSE)),
        *(replied(verdict, language) for verdict in TOLD_IN_REPLY),
        *(listed_otherwise(language)),
        refusal(language),
        offering(language),
        taken(language),
        *goods_letters(language),
        *late_letters(question(), language),
        *confirmed_letters(question(), language),
        *money_letters(language),
        *month_letters(language),
        *(
            answer(answered(r, outcome=r.outcome), language)
            for r in (short_report(), all_short_report(), fewer_report())
        ),
        *stock_letters(language),
        *clock_letters(language),
        *statistics_letters(language),
        *budget_letters(language),
        *help_letters(language),
        *register_letters(language),
        *table_letters(language),
        *call_letters(language),
        *paper_letters(language),
        *announcement_letters(language),
        *archive_letters(language),
        *request_letters(language),
        *proof_letters(language),
        *consumer_letters(language),
        Letter(notice=digest(), to=admin, subject_id="digest-20261109", language=language),
        Letter(
            notice=digest(quiet=True), to=admin, subject_id="digest-20261110", language=language
        ),
    )


def complaints_about(pages: Pages) -> tuple[str, ...]:
    """What is wrong with templates and words: every specimen is tried in both languages."""
    found = []
    for language in LANGUAGES:
        try:
            pages.reading(specimen_reading(), language)
            pages.story(specimen_story(), language)
        except CannotTypeset as error:
            found.append(str(error))
    for letter in (letter for language in LANGUAGES for letter in specimens(language)):
        try:
            pages.page(letter)
        except CannotTypeset as error:
            found.append(str(error))
    return tuple(dict.fromkeys(found))
