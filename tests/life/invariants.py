"""What holds at any time, whatever happened and wherever the program died on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.life.books import Books
from tests.life.laws_of_goods import (
    a_list_number_means_one_content,
    no_line_is_sent_twice_by_paper,
    nothing_is_promised_twice,
    one_revision_holds,
    the_paper_says_what_is_to_be_sent,
    what_is_ordered_is_listed_or_short,
    what_left_says_whether_an_order_is_shipped,
    what_waits_is_on_no_list,
)
from tests.life.laws_of_money import (
    every_entry_balances,
    money_is_entered_once,
    sums_are_those_of_the_lines,
    the_ledger_says_what_is_in_force,
    the_trial_balance_is_zero,
)
from tests.life.laws_of_people import (
    a_decision_takes_effect_once,
    nobody_is_asked_about_what_is_settled,
    what_waits_has_a_case,
    whatever_is_asked_has_a_case,
)
from tests.life.laws_of_samples import what_is_given_less_is_taken_once_and_said

Law = Callable[[Books], Iterator[str]]


def no_mail_is_lost(books: Books) -> Iterator[str]:
    """Every receipt is settled, and none by our own mistake."""
    for row in books.rows(
        "select id, state, reason from mails where state in ('waiting', 'failed')"
    ):
        yield f"mail {row['id']}: {row['state']} {row['reason']}"


def every_message_left(books: Books) -> Iterator[str]:
    for sent in books.sent():
        if sent.state not in ("accepted", "suppressed"):
            yield f"message {sent.number} {sent.notice}: {sent.state}"


ALWAYS: tuple[Law, ...] = (
    one_revision_holds,
    a_list_number_means_one_content,
    the_paper_says_what_is_to_be_sent,
    no_line_is_sent_twice_by_paper,
    nothing_is_promised_twice,
    what_is_ordered_is_listed_or_short,
    what_waits_is_on_no_list,
    a_decision_takes_effect_once,
    what_left_says_whether_an_order_is_shipped,
    what_is_given_less_is_taken_once_and_said,
    every_entry_balances,
    the_trial_balance_is_zero,
    money_is_entered_once,
    the_ledger_says_what_is_in_force,
    sums_are_those_of_the_lines,
    what_waits_has_a_case,
    whatever_is_asked_has_a_case,
    nobody_is_asked_about_what_is_settled,
)
AT_REST = (*ALWAYS, no_mail_is_lost)
"""After a pass that nothing disturbed."""
AT_THE_END = (*AT_REST, every_message_left)
"""When what was in doubt has been looked after."""


def broken(books: Books, laws: tuple[Law, ...]) -> list[str]:
    return [f"{law.__name__}: {what}" for law in laws for what in law(books)]
