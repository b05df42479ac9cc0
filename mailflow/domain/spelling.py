"""Names are compared in one spelling, whatever widths, spaces, brackets or numerals were used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
MARKS = "*★☆△▲·•_-–—−－/\\|、,，.。:：;；'\"“”‘’()（）[]【】{}<>《》"
_NOISE = re.compile(f"[\\s{INVISIBLE}{re.escape(MARKS)}]+")
_STAGES = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6"}
_STAGE = re.compile(r"([一二三四五六])\s*(?=段|阶段|號|号)")
_WEIGHT = re.compile(r"(\d+)(\s*)(?:公克|克|grams|gram|gr)(?![a-wyz])")


LONGEST_KEPT = 200
"""Names are short; what is longer is a stranger's text and not worth remembering."""


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """The function with a memory of bounded size in entries and in signs."""
    kept = lru_cache(maxsize=8192)(function)
    return wraps(function)(lambda text: (kept if len(text) <= LONGEST_KEPT else function)(text))


@remembered
def plain(text: str) -> str:
    """NFKC, case folded, Arabic stage numbers, grams as `g`; white space and marks kept."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _STAGE.sub(lambda m: _STAGES[m[1]], text)
    return _WEIGHT.sub(r"\1\2g", text)


@remembered
def normalised(text: str) -> str:
    """The form in which names are compared: no white space, brackets or punctuation."""
    bare = _NOISE.sub("", plain(text))
    bare = _STAGE.sub(lambda m: _STAGES[m[1]], bare)
    return _WEIGHT.sub(r"\1g", bare)


def pieces(text: str) -> tuple[str, ...]:
    """The runs of signs between white space and marks, in the spelling names are compared in."""
    return tuple(normalised(piece) for piece in _NOISE.split(plain(text)) if piece)


def is_shortening(text: str, full: str) -> bool:
    """Whether a text leaves signs of the full one out and adds none; a figure is one sign."""
    rest = iter(_signs(full))
    return bool(signs := _signs(text)) and all(sign in rest for sign in signs)


def _signs(text: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d_]", plain(text))
