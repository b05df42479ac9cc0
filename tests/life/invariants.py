"""What holds at any time, whatever happened and wherever the program died on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.life.books import Books
from tests.life.laws_of_announcements import (
    an_announcement_goes_once_to_each_of_its_people,
    each_confirms_for_himself,
    what_is_announced_waits_with_a_case,
    what_is_internal_is_announced_inside,
    who_has_confirmed_is_not_reminded,
)
from tests.life.laws_of_consumers import (
    a_call_counts_once,
    a_consumer_is_passed_on_once,
    a_list_is_kept_passed_on_or_deleted,
    who_consumers_are_is_told_to_their_agent_alone,
)
from tests.life.laws_of_documents import (
    an_expired_paper_never_leaves,
    an_internal_paper_never_leaves,
    what_is_archived_is_given_to_who_may_look,
    what_is_archived_is_kept_once,
)
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
from tests.life.laws_of_registers import (
    a_register_is_applied_whole_or_not_at_all,
    a_register_is_decided_once,
    an_order_is_priced_by_registers_that_are_kept,
)
from tests.life.laws_of_requests import (
    a_request_ends_with_a_letter,
    a_request_goes_forward,
    a_request_waits_on_one_person,
    a_step_is_put_to_its_owner_once,
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


OF_PEOPLE: tuple[Law, ...] = (
    a_request_waits_on_one_person,
    a_step_is_put_to_its_owner_once,
    a_request_goes_forward,
    a_request_ends_with_a_letter,
    an_announcement_goes_once_to_each_of_its_people,
    who_has_confirmed_is_not_reminded,
    each_confirms_for_himself,
    what_is_announced_waits_with_a_case,
    what_is_internal_is_announced_inside,
    who_consumers_are_is_told_to_their_agent_alone,
    a_consumer_is_passed_on_once,
    a_list_is_kept_passed_on_or_deleted,
    a_call_counts_once,
    an_internal_paper_never_leaves,
    an_expired_paper_never_leaves,
    what_is_archived_is_kept_once,
    what_is_archived_is_given_to_who_may_look,
    a_register_is_applied_whole_or_not_at_all,
    a_register_is_decided_once,
    an_order_is_priced_by_registers_that_are_kept,
)
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
    *OF_PEOPLE,
)
AT_REST = (*ALWAYS, no_mail_is_lost)
"""After a pass that nothing disturbed."""
AT_THE_END = (*AT_REST, every_message_left)
"""When what was in doubt has been looked after."""


def broken(books: Books, laws: tuple[Law, ...]) -> list[str]:
    with books.unchanged():
        return [f"{law.__name__}: {what}" for law in laws for what in law(books)]
