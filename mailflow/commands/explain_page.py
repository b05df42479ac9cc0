"""The reading of a file as a page to look at: everything in one file, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.ahead import Begun, Opened
from mailflow.commands.explain import Failure
from mailflow.commands.explain_seen import Seen, seen
from mailflow.commands.explainer import Explained
from mailflow.commands.saying import Failed, complain, say
from mailflow.outbox.reading_view import LetterView, OrderView, ReadingView
from mailflow.outbox.typeset_pages import Pages


class PageTeller:
    """Writes one page; an older one of that name is replaced."""

    def __init__(self, target: Path, begun: Begun, pages: Pages) -> None:
        self._target = target
        self._begun = begun
        self._pages = pages

    def tell(self, explained: Explained) -> None:
        view = view_of(seen(self._begun, explained), self._pages)
        page = self._pages.reading(view, self._begun.config.language)
        try:
            self._target.write_text(page, encoding="utf-8")
        except OSError as error:
            complain(f"{self._target}: {error.strerror}: name a file that can be written")
            raise Failed(1) from error
        say(str(self._target))

    def fail(self, file: Opened, why: Failure) -> None:
        """Standard error has said all there is."""


def view_of(seen: Seen, pages: Pages) -> ReadingView:
    explained = seen.explained
    reading, dealt = explained.reading, explained.dealt
    orders = tuple(
        OrderView(
            number + 1,
            document,
            dealt.decisions[number] if dealt.decisions else None,
            seen.notes_of(number),
            seen.of_report,
        )
        for number, document in enumerate(reading.documents)
    )
    written = ((letter, pages.page(letter)) for letter in seen.letters)
    return ReadingView(
        file=explained.file.path.name,
        head=reading.head,
        trust=explained.facts.sender.trust.value,
        outcome=seen.outcome,
        orders=orders,
        letters=tuple(LetterView(letter, page.subject, page.text) for letter, page in written),
        sheets=seen.sheets,
        notes=seen.notes_of(None),
        body=reading.body,
        is_mail=explained.file.is_mail,
        is_drawn=seen.is_drawn,
        sheets_left=seen.sheets_left,
    )
