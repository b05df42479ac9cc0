"""Strangers' texts are fit to be looked at: no sign that a program chokes on or a reader is fooled by."""

from __future__ import annotations

from mailflow.domain.pattern import pattern

LONGEST = 32_000
"""Signs in a cell; Excel itself refuses a workbook with more than 32,767."""

# Control signs, halves of surrogate pairs, what is no character; and the marks that turn the
# direction of writing or hide a sign, with which one name can be made to look like another.
_UNPRINTABLE = pattern(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\uffff\ud800-\udfff]+"
)
_WHITE = pattern(r"[\t\n ]*\n[\t\n ]*|\t+")


def cleaned(text: str, longest: int = LONGEST) -> str:
    """The text in one line, ending in `…` where it was cut."""
    if len(text) <= longest and text.isprintable():
        return text.strip()
    return lines_cleaned(text, longest).replace("\n", " ").strip()


def lines_cleaned(text: str, longest: int = LONGEST) -> str:
    """The text with its line breaks kept, none of them twice."""
    # Nothing behind the limit is looked at: a text may be as long as a mail.
    printable = _UNPRINTABLE.sub(" ", text[: 2 * longest].replace("\r\n", "\n"))
    printable = _WHITE.sub(lambda m: "\n" if "\n" in m[0] else " ", printable)
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"


def visible(text: str) -> str:
    """The text with all its white space, and nothing in it that cannot be seen."""
    return _UNPRINTABLE.sub(" ", text)
