"""Whether a telephone number is one that can be called, and what makes two of them the same."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

HOME = "CN"
"""Where a number lies that does not say it."""
_SEVERAL = pattern(r"[/、,，;；|]")
_EXTENSION = pattern(r"\s*(?:转|分机)\s*")


@dataclass(frozen=True, slots=True)
class Phone:
    """`key` is the same for the same telephone however it is written; `dialled` as one dials it here."""

    key: str
    dialled: str


def phone_of(text: str) -> Phone | None:
    """None where it is no number that exists, several numbers, or one that nobody owns."""
    # 60 modules and their patterns, of no use to whoever has no list of consumers before him.
    import phonenumbers

    said = unicodedata.normalize("NFKC", text).strip()
    if _SEVERAL.search(said):
        return None
    try:
        number = phonenumbers.parse(_EXTENSION.sub(";ext=", said), HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or not _is_of_people(number):
        return None
    extension = number.extension or ""
    key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    number.extension = None
    at_home = phonenumbers.region_code_for_number(number) == HOME
    shapes = phonenumbers.PhoneNumberFormat
    dialled = phonenumbers.format_number(
        number, shapes.NATIONAL if at_home else shapes.INTERNATIONAL
    )
    if at_home:
        dialled = dialled.replace(" ", "")
    if extension:
        key, dialled = f"{key}x{extension}", f"{dialled}转{extension}"
    return Phone(key, dialled)


def _is_of_people(number: PhoneNumber) -> bool:
    """Hotlines and short numbers are nobody's own."""
    from phonenumbers import PhoneNumberType as Type
    from phonenumbers import number_type

    return number_type(number) in (Type.MOBILE, Type.FIXED_LINE, Type.FIXED_LINE_OR_MOBILE)
