"""A contract or another paper that was mailed in to be kept, and how its words are found again (S13)."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from mailflow.domain.pattern import pattern
from mailflow.domain.spelling import simplified
from mailflow.domain.value import dataclass

LONGEST_TEXT = 200_000
"""Signs of a paper that are looked through."""
MOST_TOKENS = 20_000
LONGEST_TOKEN = 40
MOST_KEPT = 20
"""Files of one mail; who has more puts them into a zip."""
_SUBJECT = pattern(
    r"合同|协议|归档|存档|\b(?:contracts?|agreements?|archived?|for the files?)\b", re.IGNORECASE
)
_RUN = pattern(r"(?P<signs>[\u3400-\u9fff\uf900-\ufaff]+)|[0-9a-z]+")
_NUMBER = pattern(r"gd\d{6}-\d{4,}(?:-\d{1,2})?")
_SPACES = pattern(r"\s+")


@dataclass(frozen=True, slots=True)
class FileText:
    """What stands in one file of a mail, as far as it can be read."""

    sha256: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """`number` is `GD261127-0042`; `title` the subject it came under, `name` the file's own.

    Its bytes are a part of the mail in the spool: `mail_sha256` and `sha256` say which. `text` is
    what stands in it and around it; empty where it is a picture. `unfit` files are sent to nobody.
    """

    number: str
    mail_id: int
    mail_sha256: str
    name: str
    path: str
    sha256: str
    size: int
    title: str
    sender: str
    at: datetime
    text: str = ""
    unfit: str = ""

    @property
    def searched(self) -> str:
        """All in which words are found."""
        return "\n".join((self.number, self.title, self.name, self.sender, self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`around` is the first place in which the words stand."""

    paper: Archived
    around: str


def archive_number(day: datetime, mail_id: int, position: int) -> str:
    """`GD261127-0042`, and `-2` behind it for the second file of the mail."""
    number = f"GD{day:%y%m%d}-{mail_id:04d}"
    return f"{number}-{position + 1}" if position else number


def says_archive(subject: str) -> bool:
    return bool(_SUBJECT.search(unicodedata.normalize("NFKC", subject)))


def tokens_of(text: str) -> tuple[str, ...]:
    """What a paper is found by: each sign and each two signs of Chinese, each word of Latin, once.

    Words of two signs are the most usual, so nothing shorter than two is left out, and longer ones
    are found by the pairs in them.
    """
    found: dict[str, None] = {}
    for run in _RUN.finditer(squeezed_lines(text[:LONGEST_TEXT])):
        word = run[0]
        if run["signs"]:
            found.update(dict.fromkeys(word))
            found.update(dict.fromkeys(_pairs(word)))
        else:
            found[word[:LONGEST_TOKEN]] = None
        if len(found) > MOST_TOKENS:
            break
    return tuple(found)[:MOST_TOKENS]


def wanted_tokens(words: str) -> tuple[str, ...]:
    """All of which a paper has to have, to have these words."""
    found: dict[str, None] = {}
    for run in _RUN.finditer(_plain(words)):
        word = run[0]
        pairs = _pairs(word) if run["signs"] else ()
        found.update(dict.fromkeys(pairs or (word[:LONGEST_TOKEN],)))
    return tuple(found)


def found_in(paper: Archived, words: str) -> Found | None:
    """The paper where all the words stand in it as they are written, white space aside; a number is
    that of one paper, and not the beginning of another's."""
    text = squeezed(paper.searched)
    wanted = [word for each in words.split() if (word := squeezed(each))]
    if not wanted_tokens(words) or not all(word in text for word in wanted):
        return None
    if any(_NUMBER.fullmatch(word) and word != squeezed(paper.number) for word in wanted):
        return None
    return Found(paper=paper, around=_around(paper, wanted))


def squeezed(text: str) -> str:
    return _SPACES.sub("", _plain(text))


def squeezed_lines(text: str) -> str:
    """A line that was broken between two Chinese signs is one."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", _plain(text))


def _around(paper: Archived, wanted: list[str]) -> str:
    text = _SPACES.sub(" ", paper.text).strip()
    plain = _plain(text)
    at = next((at for word in wanted if (at := plain.find(word)) >= 0), -1)
    if at < 0 or len(plain) != len(text):
        return text[:60]
    return text[max(0, at - 20) : at + 60]


def _pairs(word: str) -> tuple[str, ...]:
    return tuple(word[at : at + 2] for at in range(len(word) - 1))


def _plain(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text).casefold())
