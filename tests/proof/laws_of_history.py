"""C10: every change of a state stands in the history, and the history is the chain that was told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailflow.domain.history_chain import SHOWN, Noted, Seal, breaks
from tests.proof.shelves import OpenBooks
from tests.proof.story import Story

CHAINS = {
    "mail": "select id as subject_id, state from mails",
    "message": "select id as subject_id, state from outbox",
}
ROWS = 'select id, at, kind, subject_id, before, after, "by", reason, link from history order by id'
SEAL = re.compile(rf"\b([0-9]+)-([0-9a-f]{{{SHOWN}}})\b")


def c10_every_change_of_state_is_in_the_history(_story: Story, books: OpenBooks) -> Iterator[str]:
    """Each begins where the one before ended, the last where the thing now is."""
    for kind, query in CHAINS.items():
        now = {str(row["subject_id"]): row["state"] for row in books.rows(query)}
        at: dict[str, str] = {}
        for step in books.rows(
            "select subject_id, before, after from history where kind = ? order by id", kind
        ):
            one = step["subject_id"]
            if step["before"] != at.get(one, ""):
                yield f"{kind} {one}: from {step['before']}, and it was {at.get(one)}"
            at[one] = step["after"]
        yield from (
            f"{kind} {one}: {state}, the history says {at.get(one)}"
            for one, state in now.items()
            if at.get(one) != state
        )


def c10_the_history_is_the_chain_that_was_told(_story: Story, books: OpenBooks) -> Iterator[str]:
    """Each row bears its link, and every seal that a digest told is borne out."""
    rows = (Noted(*row.values()) for row in books.rows(ROWS))
    for broken in breaks(rows, seals_told(books)):
        yield f"the history is not what it was at row {broken.id}, after {broken.after}"


def seals_told(books: OpenBooks) -> list[Seal]:
    return [
        Seal(int(number), link)
        for sent in books.sent()
        if sent.notice == "digest"
        for number, link in SEAL.findall(sent.text)
    ]
