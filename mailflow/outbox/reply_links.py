"""Buttons that answer: `mailto:` links with the answer already written, which no scanner presses."""

from __future__ import annotations

from urllib.parse import quote

from mailflow.domain.answer import Word
from mailflow.domain.notice import Letter
from mailflow.domain.notice_request import RequestStepNotice
from mailflow.domain.value import dataclass
from mailflow.outbox.mime_headers import bare_address
from mailflow.outbox.typeset_words import Words


@dataclass(frozen=True, slots=True)
class Button:
    """`name` is the word's own name (`agree`), `word` what the mail it opens begins with."""

    name: str
    word: str
    link: str


def buttons(letter: Letter, desk: str, words: Words) -> list[Button]:
    """One for each word that answers the letter's question; none where it asks nothing.

    Subject and body are percent-encoded as RFC 6068 wants it; the subject is the reference alone,
    which survives every program.
    """
    question = letter.question
    if question is None:
        return []
    subject = f"Re: [{letter.reference}]"
    return [
        Button(
            word.value,
            words[f"say_{word.value}"],
            written(desk, subject, _said(word, letter, words)),
        )
        for word in question.allowed
    ]


def written(desk: str, subject: str, body: str = "") -> str:
    """A mail to the desk with subject and words already in it."""
    link = f"mailto:{quote(bare_address(desk), safe='@')}?subject={quote(subject, safe='')}"
    return f"{link}&body={quote(body, safe='')}" if body else link


def _said(word: Word, letter: Letter, words: Words) -> str:
    """Behind a word that takes a reason there is room for it."""
    said, notice = words[f"say_{word.value}"], letter.notice
    if word is Word.LOOSE:
        return words["write_loose"]
    if isinstance(notice, RequestStepNotice) and (wanted := notice.takes(word)):
        return words(f"write_{wanted}", word=said)
    return said
