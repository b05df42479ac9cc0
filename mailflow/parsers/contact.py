"""A name and a telephone number that stand in one cell are told apart, or not at all."""

from __future__ import annotations

import re
import unicodedata

_PHONE = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|\(?0\d{2,3}\)?[- ]?\d{7,8}"
    r"|\d{7,8}"
    r")(?!\d)(?:\s*(?:转|分机|ext\.?)\s*\d{1,6})?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:收货|收件|联系)?(?:人|电话|手机|联系方式)(?:号码|号)?\s*[:：]|\b(?:tel|phone|mobile|contact)\b\.?:?",
    re.IGNORECASE,
)
_EDGES = " \t\n\r,，、;；:：/|\\()（）[]【】<>-—–·.+&和及"
LONGEST_NAME = 40


def contact_of(text: str) -> tuple[str, str] | None:
    """Name and number, either of them empty where it is not there; None where it is not certain:
    no name and no number, two numbers, figures that belong to neither."""
    plain = unicodedata.normalize("NFKC", text)
    numbers = list(_PHONE.finditer(plain))
    if len(numbers) > 1:
        return None
    number = numbers[0][0].strip() if numbers else ""
    rest = _PHONE.sub("\n", plain, count=1) if numbers else plain
    parts = [p for p in (_WORDS.sub(" ", piece).strip(_EDGES) for piece in rest.split("\n")) if p]
    name = " ".join(parts)
    if len(parts) > 1 or any(sign.isdigit() for sign in name) or len(name) > LONGEST_NAME:
        return None
    return (name, number) if name or number else None


SHORTEST_ADDRESS = 5
_ADDRESS = re.compile(r"[省市区县镇乡村路街道巷号弄栋幢楼室库仓园]")
_SEPARATORS = re.compile(r"[\s,，、;；:：/|\n]+")


def address_of(text: str) -> tuple[str, str, str] | None:
    """Name, number and address of one cell, in any order; None where they cannot be told apart."""
    plain = unicodedata.normalize("NFKC", text)
    numbers = list(_PHONE.finditer(plain))
    if len(numbers) > 1:
        return None
    number = numbers[0][0].strip() if numbers else ""
    rest = _PHONE.sub("\n", plain, count=1) if numbers else plain
    rest = _WORDS.sub(" ", re.sub(r"(?:收货|详细|送货)?地址\s*[:：]?", " ", rest))
    parts = [part for part in (p.strip(_EDGES) for p in _SEPARATORS.split(rest)) if part]
    places = [p for p in parts if len(p) > SHORTEST_ADDRESS and _ADDRESS.search(p)]
    names = [p for p in parts if p not in places]
    if len(places) != 1 or len(names) > 1 or any(sign.isdigit() for n in names for sign in n):
        return None
    return (names[0] if names else "", number, places[0])
