"""What a mail asks and its sender may not know: he is told so, and whom to ask."""

from __future__ import annotations

from mailflow.domain.access import customers_open, may
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.facts import Facts
from mailflow.rules.alone import said_alone
from mailflow.rules.archive_words import words_wanted
from mailflow.rules.batch_words import batch_asked
from mailflow.rules.month_words import grid_asked
from mailflow.rules.statistics_words import statistics_asked


def asked_without_right(reading: Reading, facts: Facts) -> Action | None:
    """None where it asks nothing of the kind, or more than that, or may; and where he is none of the
    house: to him a person says what there is."""
    if not facts.sender.people:
        return None
    for action in _asked(reading):
        is_reports = action is Action.SEE_MONTH
        if is_reports and customers_open(facts.sender, (action,), facts.register):
            continue
        if is_reports or not may(facts.sender, action):
            return action
    return None


def _asked(reading: Reading) -> tuple[Action, ...]:
    alone = said_alone(reading)
    asked = {
        Action.FIND: words_wanted(reading) is not None,
        Action.STATISTICS: any(statistics_asked(text, "") for text in alone),
        Action.TRACE_BATCH: any(batch_asked(text, "") for text in alone),
        Action.SEE_MONTH: any(grid_asked(text, "") for text in alone),
    }
    return tuple(action for action, is_asked in asked.items() if is_asked)
