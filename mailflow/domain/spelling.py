"""Names are compared in one spelling, whatever widths, characters, spaces or numerals were used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from typing import TypeVar

from mailflow.domain.pattern import pattern

T = TypeVar("T")

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
MARKS = "*★☆△▲·•_-–—−－/\\|、,，.。:：;；'\"“”‘’()（）[]【】{}<>《》"
_NOISE = pattern(f"[\\s{INVISIBLE}{re.escape(MARKS)}]+")
_STAGES = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6"}
_STAGE = pattern(r"([一二三四五六])\s*(?=段|阶段|號|号)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_ROMAN_STAGE = pattern(r"(?<![a-z])(iii|ii|iv|i)\s*(?=段|阶段)")
_WORDS = _ROMAN | {"one": "1", "two": "2", "three": "3", "four": "4"}
_ENGLISH_STAGE = pattern(r"(?<![a-z])stage\s*(iii|ii|iv|i|one|two|three|four|\d)(?![a-z\d])")
_LONG_STAGE = pattern(r"(?<!\d)(?:第\s*)?(\d)\s*阶段|第\s*(\d)\s*段")
_WEIGHT = pattern(r"(?<!\d)(\d{1,9})(\s{0,9})(?:公克|克|grams|gram|gr)(?![a-wyz])")
_WORD = pattern(r"\d+\s*(?:段|g(?![a-z]))|\d+|[a-z]+|[^\W\d_a-z]")


_PAIRS = files(__package__).joinpath("traditional.txt").read_text("utf-8").splitlines()[1:]
TRADITIONAL = str.maketrans({pair[0]: pair[1] for line in _PAIRS for pair in line.split()})
"""Traditional characters and their simplified ones, one for one: no word becomes another word."""

LONGEST_KEPT = 200
"""Names are short; what is longer is a stranger's text and not worth remembering."""


MOST_KEPT = 8192


class _Memory(dict[str, T]):
    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> T:
        made = self._function(text)
        if len(text) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[text] = made
        return made


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """The function with a memory of bounded size in entries and in signs.

    A mail asks a thousand times: what is known is looked up without a step of ours.
    """
    return _Memory(function).__getitem__


@remembered
def plain(text: str) -> str:
    """NFKC, case folded, simplified, stages as `1段`, grams as `g`; white space and marks kept."""
    return _WEIGHT.sub(
        r"\1\2g", _staged(simplified(unicodedata.normalize("NFKC", text).casefold()))
    )


def simplified(text: str) -> str:
    return text if text.isascii() else text.translate(TRADITIONAL)


def _staged(text: str) -> str:
    """`一段`, `Ⅰ段`, `第1阶段` and `Stage 1` are all `1段`."""
    if "段" in text or "号" in text or "號" in text:
        text = _STAGE.sub(lambda m: _STAGES[m[1]], text)
        text = _ROMAN_STAGE.sub(lambda m: _ROMAN[m[1]], text)
        text = _LONG_STAGE.sub(lambda m: f"{m[1] or m[2]}段", text)
    if "stage" in text:
        text = _ENGLISH_STAGE.sub(lambda m: f"{_WORDS.get(m[1], m[1])}段", text)
    return text


@remembered
def normalised(text: str) -> str:
    """The form in which names are compared: no white space, brackets or punctuation."""
    return _WEIGHT.sub(r"\1g", _staged(_NOISE.sub("", plain(text))))


@remembered
def unordered(text: str) -> str:
    """The words of a name without their order: a stage or weight and its number are one word."""
    bare = _NOISE.sub(" ", plain(text))
    return " ".join(sorted(re.sub(r"\s", "", word) for word in _WORD.findall(bare)))


def pieces(text: str) -> tuple[str, ...]:
    """The runs of signs between white space and marks, in the spelling names are compared in."""
    return tuple(normalised(piece) for piece in _NOISE.split(plain(text)) if piece)


def is_shortening(text: str, full: str) -> bool:
    """Whether a text leaves signs of the full one out and adds none; a figure is one sign."""
    rest = iter(_signs(full))
    return bool(signs := _signs(text)) and all(sign in rest for sign in signs)


def _signs(text: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d_]", plain(text))
