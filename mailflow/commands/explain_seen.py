"""What a person is shown of an explained file: its sheets with the reading painted over them."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.commands.ahead import Begun
from mailflow.commands.explainer import Explained
from mailflow.domain.decision import worst
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import MailState
from mailflow.domain.notice import Letter
from mailflow.domain.painter import focus_on, numbered, painted
from mailflow.domain.painting import Note, PaintedSheet
from mailflow.domain.report import Report
from mailflow.domain.value import dataclass
from mailflow.parsers.column_reasons import why
from mailflow.parsers.sandbox import ChildError, ReadingFailed, SandboxUnavailable
from mailflow.reading import begin_picture_of_file, begin_picture_of_mail

REFUSED = "attachment-refused"
LOOKED = "looked"
"""What becomes of a mail that brings nothing but reports: a person looks at it."""
TOLD = {MailState.DONE: "taken", MailState.RETURNED: "returned", MailState.REVIEW: "asked"}
"""The same where the desk deals with it by itself."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`is_drawn`: whether the sheets could be drawn at all."""

    explained: Explained
    notes: tuple[Note, ...]
    sheets: tuple[PaintedSheet, ...]
    letters: tuple[Letter, ...]
    sheets_left: int = 0
    is_drawn: bool = True

    @property
    def outcome(self) -> str:
        """What becomes of the mail; of its orders where it has any, the worst of them."""
        decisions = self.explained.dealt.decisions
        documents = self.explained.reading.documents
        if documents and all(isinstance(d, Report) for d in documents):
            return self.of_report
        if decisions:
            return worst(d.outcome for d in decisions).value
        return self.explained.dealt.state.value

    @property
    def of_report(self) -> str:
        """What becomes of a report."""
        if not self.explained.is_told:
            return LOOKED
        return TOLD.get(self.explained.dealt.state, LOOKED)

    def notes_of(self, order: int | None) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.order == order)


def seen(begun: Begun, explained: Explained) -> Seen:
    """The sheets are drawn in the child, where they were read; without them all else is shown."""
    file, reading, dealt = explained.file, explained.reading, explained.dealt
    told = {finding for decision in dealt.decisions for finding in decision.findings}
    whole = [finding for finding in dealt.findings if finding not in told]
    notes = numbered(dealt.decisions, (*whole, *_untold(explained)))
    letters = explained.letters
    focus = focus_on(reading.documents, notes)
    try:
        if file.is_mail:
            pending = begin_picture_of_mail(begun.sandbox, file.raw, focus)
        else:
            pending = begin_picture_of_file(begun.sandbox, file.path.name, file.raw, focus)
        picture = pending.result()
    except (ReadingFailed, ChildError, SandboxUnavailable):
        return Seen(explained, notes, (), letters, is_drawn=False)
    sheets = painted(picture, reading.documents, dealt.decisions, notes, why)
    return Seen(explained, notes, sheets, letters, picture.sheets_left)


def _untold(explained: Explained) -> Iterator[Finding]:
    """What could not be read of a mail that nobody is told of, such as an automatic one."""
    if any(finding.code == REFUSED for finding in explained.dealt.findings):
        return
    for refused in explained.reading.refused:
        yield Finding(
            REFUSED,
            Severity.INFO,
            Asked.NOBODY,
            found=refused.attachment,
            variant=refused.variant,
            details=(("detail", refused.detail),),
        )
