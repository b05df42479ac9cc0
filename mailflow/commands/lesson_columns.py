"""What a person says of a column is looked for in the sender's own mails: it holds under that header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mailflow.app import App
from mailflow.commands.lessons import Lesson, who
from mailflow.domain.settlement import (
    ColumnMeans,
    HeaderSeen,
    Settlement,
    SettlementKind,
    which_column,
)
from mailflow.parsers.meanings import IDENTITIES, MONEY, SHIP_TO, WHOSE, Meaning
from mailflow.parsers.sandbox import ChildError, ReadingFailed, SandboxUnavailable
from mailflow.parsers.vocabulary import meaning_of
from mailflow.ports import Refusal
from mailflow.reading import begin_headers

LAST_MAILS = 20
"""So many of a sender's newest mails are looked through for a column."""
NO_COUNT = IDENTITIES | MONEY | WHOSE | SHIP_TO | {Meaning.UNIT, Meaning.SPEC, Meaning.PER_CASE}
"""What a header may say that is no quantity, whatever somebody says of it."""


def column_lessons(app: App, lesson: Lesson, sender: str) -> Iterator[Settlement]:
    """One for each header of the sender's newest mail with that column: it holds there alone.

    `数量#2` is the second column of that word from the left.
    """
    word, nth = which_column(lesson.column.strip())
    _assert_no_other_word(lesson, word)
    seen: list[HeaderSeen] = []
    for mail in _mails(app, lesson, sender):
        headers = _headers(app, mail, word)
        seen += headers
        if held := [h for h in headers if _is_it(h, nth)]:
            for around in dict.fromkeys(h.in_order if nth else h.around for h in held):
                yield Settlement(
                    sender=sender,
                    kind=SettlementKind.COLUMN,
                    said=f"{word}#{nth}" if nth else word,
                    key=f"{held[0].key}#{nth}" if nth else held[0].key,
                    means=lesson.means,
                    reason=lesson.reason,
                    by=lesson.by.strip() or who(),
                    around=around,
                )
            return
    raise Refusal(_why_not(lesson, seen, sender))


def _is_it(header: HeaderSeen, nth: int) -> bool:
    return 1 < header.columns >= nth if nth else header.columns == 1


def _why_not(lesson: Lesson, seen: list[HeaderSeen], sender: str) -> str:
    said, (word, nth) = f"--column {lesson.column}", which_column(lesson.column)
    if seen and nth:
        header = seen[0]
        columns = "one column has" if header.columns == 1 else f"{header.columns} columns have"
        return f"{said}: {header.place}: {columns} this word: write '{word}'" + (
            "" if header.columns == 1 else f"#1 to #{header.columns}, counted from the left"
        )
    if several := next((h for h in seen if h.columns > 1), None):
        return (
            f"{said}: {several.place}: {several.columns} columns have this word: write "
            f"'{word}#1' for the first of them from the left, '{word}#2' for the next"
        )
    others = "; ".join(dict.fromkeys(" | ".join(h.words) for h in seen[:3]))
    known = f"its headers are: {others}" if others else "no table with a header was found"
    return (
        f"{said}: no mail of {sender} that was looked through has it ({known}): "
        "name the mail with --mail ID"
    )


def _assert_no_other_word(lesson: Lesson, word: str) -> None:
    """Raises `Refusal` where the header's own words say something else."""
    said, means = meaning_of(word), lesson.means
    if said is None or means == ColumnMeans.IGNORED:
        return
    if said in NO_COUNT or (said in (Meaning.CASES, Meaning.TINS) and said != means):
        raise Refusal(
            f"--column {lesson.column}: the header itself says {said}: it cannot mean {means}"
        )


def _mails(app: App, lesson: Lesson, sender: str) -> Iterator[Mapping[str, Any]]:
    """The mail that was named, or the sender's newest."""
    records = app.store.records
    if lesson.mail:
        mail = records.story("mail", lesson.mail)
        if mail is None:
            raise Refusal(f"--mail {lesson.mail}: there is none: see `mailflow list mails`")
        if mail["sender"] != sender:
            raise Refusal(
                f"--mail {lesson.mail}: is of {mail['sender'] or 'nobody'}, not of {sender}"
            )
        yield mail
        return
    story = records.story("sender", sender) or {"mails": ()}
    for short in story["mails"][:LAST_MAILS]:
        if (mail := records.story("mail", str(short["id"]))) is not None:
            yield mail


def _headers(app: App, mail: Mapping[str, Any], column: str) -> list[HeaderSeen]:
    if not mail["sha256"]:
        return []
    raw = app.spool.get(mail["sha256"])
    try:
        return begin_headers(app.workshops.sandbox, raw, column).result()
    except (ReadingFailed, ChildError, SandboxUnavailable):
        return []
