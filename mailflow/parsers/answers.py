"""What a person answered: his first own line as one word of a small table, or not interpreted.

What is quoted, and what programs and signatures add, is left out; whatever else stands there is
kept beside the word, so that a condition is never lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mailflow.domain.answer import Said, Word, tokens_in
from mailflow.parsers.answer_words import (
    BELOW_OTHERS,
    BY_TEXT,
    CLOSING,
    CONTACT,
    COURTESY,
    DELIMITER,
    GREETING,
    LEGAL,
    LOOSE,
    NOTICE,
    PLACE_OF_WORK,
    PROGRAM,
    WILL,
)
from mailflow.parsers.html_marks import is_cited, marks_of
from mailflow.parsers.mime_html import BREAKS
from mailflow.parsers.mime_marks import CASE_NUMBER
from mailflow.parsers.quotes import Behind, pieces_of

LONGEST_LOOKED_AT = 20_000
"""Signs of a body that are looked through for tokens."""
LONGEST_LINE = 200
MOST_BESIDES = 10
_ENDS = " \t。．.!！~～,，;；、…·"
_PAIRS = ("“”", '""', "''", "‘’", "「」", "『』", "【】", "[]", "()", "（）", "**")
_SPACES = re.compile(r"\s+")
_CLAUSES = re.compile(r"[,，.。;；!！、~～…]+")
_APART = re.compile(r"\s*-\s*|(?<=\bDD)\s+(?=\d{6})|(?<=\bFH)\s+(?=\d{6})")
"""Spaces within a number, as people type it."""
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\ufe0e\ufe0f]")


def said_in(subject: str, text: str, html: str, name: str = "") -> Said:
    """`text` and `html` are the words of one mail, as far as it has them; `name` its sender's.

    Where both are there and do not say the same, nothing was said.
    """
    words = [_said(lines, name) for lines in _own_lines(text, html)]
    title = unicodedata.normalize("NFKC", subject).upper()
    first, besides, (word, reason) = words[0] if words else ("", (), NOTHING)
    if any(not _is_same(other[2], (word, reason)) for other in words[1:]):
        word, reason = NOTHING
    return Said(
        word=word,
        first=first[:LONGEST_LINE],
        reason=reason[:LONGEST_LINE],
        besides=besides,
        subject_tokens=tokens_in(title),
        body_tokens=tokens_in((text or _shown(html, cited=True))[:LONGEST_LOOKED_AT]),
        numbers=tuple(dict.fromkeys(CASE_NUMBER.findall(_APART.sub(_joined, title)))),
    )


def word_of(line: str) -> Word | None:
    """The word that a line is, whatever its case, width, quotes and final marks."""
    return word_and_reason(line)[0]


NOTHING: tuple[None, str] = (None, "")


def word_and_reason(line: str) -> tuple[Word | None, str]:
    """The same, and what stands behind a word that takes a reason."""
    if word := _word_of_clauses(_bare(line)):
        return word, ""
    shown = _UNSEEN.sub("", line).strip()
    if wanted := LOOSE.match(shown):
        return Word.LOOSE, shown[wanted.end() :].strip(_ENDS + ":： ")
    return NOTHING


def _joined(gap: re.Match[str]) -> str:
    return gap[0].strip()


def _word_of_clauses(text: str) -> Word | None:
    """`是的，同意`, `同意，谢谢`: the same thing twice, or with courtesy beside it, is still one word."""
    if word := BY_TEXT.get(text):
        return word
    clauses = [part for clause in _CLAUSES.split(text) for part in _words_in(clause.strip())]
    said = {BY_TEXT.get(clause) for clause in clauses if clause not in COURTESY}
    return said.pop() if len(said) == 1 else None


def _words_in(clause: str) -> list[str]:
    is_one = clause in BY_TEXT or clause in COURTESY
    return [clause] if is_one else clause.split()


def _is_same(one: tuple[Word | None, str], other: tuple[Word | None, str]) -> bool:
    """The text of a page may be broken into lines otherwise than the page."""
    reasons = ["".join(reason.split()) for _, reason in (one, other)]
    return one[0] is other[0] and (
        reasons[0].startswith(reasons[1]) or reasons[1].startswith(reasons[0])
    )


def _bare(line: str) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", line)).casefold().strip()
    text = text.strip().rstrip(_ENDS)
    for pair in _PAIRS:
        if len(text) > 2 and text[0] == pair[0] and text[-1] == pair[1]:
            text = text[1:-1].strip().rstrip(_ENDS)
    return text.strip()


def _own_lines(text: str, html: str) -> Iterator[list[str]]:
    if text.strip():
        yield _unquoted(text)
    if html.strip():
        yield _unquoted(_shown(html, cited=False))


def _unquoted(text: str) -> list[str]:
    lines = [line.strip() for line in text.replace("\u00a0", " ").split("\n")]
    piece = pieces_of(lines, forward=False)[0]
    if piece.behind is not Behind.OWN:
        return []
    return [line for line in lines[piece.start : piece.stop] if not line.startswith((">", "＞"))]


def _said(lines: list[str], name: str) -> tuple[str, tuple[str, ...], tuple[Word | None, str]]:
    own = [line for line in lines if line and not PROGRAM.match(line)]
    while len(own) > 1 and GREETING.match(own[0]):
        own = own[1:]
    if not own:
        return "", (), NOTHING
    rest: list[str] = []
    is_below = False
    for line in own[1:]:
        if NOTICE.match(line) and LEGAL.search(line):
            break
        if _is_signature(line, name, is_below=is_below):
            is_below = True
        else:
            rest.append(line[:LONGEST_LINE])
    return own[0], tuple(rest[:MOST_BESIDES]), word_and_reason(own[0])


def _is_signature(line: str, name: str, *, is_below: bool) -> bool:
    """A line that says anything of the matter is none, wherever it stands."""
    if DELIMITER.match(line) or CLOSING.match(line.rstrip(_ENDS)):
        return True
    if name and _bare(line) == _bare(name):
        return True
    if WILL.search(line):
        return False
    patterns = (CONTACT, PLACE_OF_WORK, BELOW_OTHERS) if is_below else (CONTACT, PLACE_OF_WORK)
    return any(pattern.match(line) for pattern in patterns)


def _shown(markup: str, *, cited: bool) -> str:
    """The text of a page; without `cited` it ends where its program begins to quote."""
    out: list[str] = []
    for mark in marks_of(markup):
        if mark.tag == "style":
            continue
        if not cited and _begins_quote(mark.tag, mark.closing) and is_cited(mark):
            break
        if mark.tag in BREAKS:
            out.append("\n")
        elif not mark.tag:
            out.append(_SPACES.sub(" ", mark.text))
    return "".join(out)


def _begins_quote(tag: str, closing: bool) -> bool:
    return not closing and tag in ("blockquote", "div", "table", "includetail")
