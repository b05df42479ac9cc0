"""A request is a matter that goes through people: what its kind asks for, whose turn it is, what was
said and sent on the way (domain S12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from mailflow.domain.answer import Word
from mailflow.domain.attached import Attached
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Role
from mailflow.domain.value import dataclass

NUMBER = pattern(r"R-\d{4}-\d{4,}")
ANYWHERE = pattern(r"(?<![A-Z0-9-])R-\d{4}-\d{4,}(?!\d)")
MOST_ENCLOSED = 15 * 1024 * 1024
"""Bytes of files that one letter takes along; a mail grows by a third on its way, and many servers
refuse more than 25 MB."""


def is_request(number: str) -> bool:
    return NUMBER.fullmatch(number) is not None


def request_number(year: int, count: int) -> str:
    """`R-2026-0001`: counted anew each business year."""
    return f"R-{year}-{count:04}"


class FieldKind(StrEnum):
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    DISTRIBUTOR = "distributor"
    """A distributor of the register: its manager and its own address may be told at the end."""


class StepAnswer(StrEnum):
    """What the owner of a step says of it."""

    APPROVE = "approve"
    """Yes or no; a no has a reason and ends the request."""
    DO = "do"
    """Done, or sent back with a reason, which ends the request too."""


class Told(StrEnum):
    """Who hears of the end, beside whoever has one of the roles that a kind names."""

    REQUESTER = "requester"
    MANAGER = "manager"
    DISTRIBUTOR = "distributor"


class RequestState(StrEnum):
    ASKED = "asked"
    """Its requester was asked for what is missing."""
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    """By hand."""


ENDED = (
    RequestState.DONE,
    RequestState.REFUSED,
    RequestState.WITHDRAWN,
    RequestState.CLOSED,
)


@dataclass(frozen=True, slots=True)
class Text:
    """What the house says in both its languages."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Field:
    """`words` are the labels that it is known by on a form or in a mail. `takes_rest`: what stands
    there without a label is of it."""

    name: str
    title: Text
    words: tuple[str, ...]
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    takes_rest: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """`days` and `remind` are working days from the hour it is put to its owner; `wants` is what has
    to stand behind his yes, such as the dates that he fixes."""

    name: str
    title: Text
    owner: Role
    answer: StepAnswer
    days: int
    remind: int
    text: Text = field(default_factory=Text)
    wants: Text = field(default_factory=Text)

    @property
    def yes(self) -> Word:
        return Word.AGREE if self.answer is StepAnswer.APPROVE else Word.DONE

    @property
    def allowed(self) -> tuple[Word, ...]:
        return self.yes, Word.REFUSE


@dataclass(frozen=True, slots=True)
class RequestKind:
    """As the configuration declares it. `askers` and `told` are names of roles, `distributor`, and for
    `told` those of `Told`; `ending` stands in the letters that tell its end."""

    code: str
    title: Text
    words: tuple[str, ...]
    askers: tuple[str, ...]
    fields: tuple[Field, ...]
    steps: tuple[Step, ...]
    told: tuple[str, ...]
    text: Text = field(default_factory=Text)
    ending: Text = field(default_factory=Text)

    @property
    def rest(self) -> Field | None:
        return next((f for f in self.fields if f.takes_rest), None)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """An attachment that belongs to a request: which part of which mail it is, who sent it, and at which
    step. Its bytes stay in the spool, inside the mail that brought them."""

    file: Attached
    mail_id: int
    mail_sha256: str
    sender: str
    step: int

    @property
    def goes_out(self) -> bool:
        return not self.file.unfit and self.file.size <= MOST_ENCLOSED


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote, as he wrote it; `step` is the one that it stood at, from 0."""

    by: str
    at: datetime
    text: str
    step: int
    mail_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`kind` is the declaration of the day it came: what a house changes holds for those that follow.

    `step` counts from 0; `revision` grows with every question that is put of it, so that a button
    speaks of one state alone. `values` are the fields that were told, by name.
    """

    number: str
    kind: RequestKind
    state: RequestState
    requester: str
    mail_id: int
    subject: str
    created: datetime
    step: int = 0
    revision: int = 0
    region: str = ""
    distributor: str = ""
    values: tuple[tuple[str, str], ...] = ()
    files: tuple[CaseFile, ...] = ()
    notes: tuple[Note, ...] = ()
    due: datetime | None = None

    @property
    def at(self) -> Step:
        return self.kind.steps[self.step]

    @property
    def following(self) -> Step | None:
        later = self.kind.steps[self.step + 1 :]
        return later[0] if later else None

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_partners(self) -> bool:
        """Whether distributors may ask for its kind, or are told of its end."""
        return Told.DISTRIBUTOR in (*self.kind.askers, *self.kind.told)

    @property
    def shown(self) -> Iterator[tuple[Field, str]]:
        """Every field that was told, in the order of the kind."""
        told = dict(self.values)
        return ((f, told[f.name]) for f in self.kind.fields if told.get(f.name))

    @property
    def result(self) -> tuple[CaseFile, ...]:
        """What came with the answer to its last step."""
        last = len(self.kind.steps) - 1
        return tuple(f for f in self.files if f.step == last and f.sender != self.requester)

    def with_files(self, files: tuple[CaseFile, ...]) -> Request:
        """The same bytes under the same name are kept once."""
        known = {(f.file.sha256, f.file.name) for f in self.files}
        new = tuple(f for f in files if (f.file.sha256, f.file.name) not in known)
        return replace(self, files=(*self.files, *new))

    def with_note(self, note: Note) -> Request:
        return replace(self, notes=(*self.notes, note)) if note.text.strip() else self


def enclosed(files: tuple[CaseFile, ...]) -> tuple[CaseFile, ...]:
    """Those that one letter can take along, in their order."""
    left, chosen = MOST_ENCLOSED, []
    for each in files:
        if each.goes_out and each.file.size <= left:
            left -= each.file.size
            chosen.append(each)
    return tuple(chosen)
