"""Whether a telephone number is one that can be called, and what makes two of them the same."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from mailflow.domain.value import dataclass

HOME = "CN"
"""Where a number lies that does not say it."""
OF_PEOPLE = (
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
)
"""Hotlines and short numbers are nobody's own."""
_SEVERAL = re.compile(r"[/、,，;；|]")
_EXTENSION = re.compile(r"\s*(?:转|分机)\s*")


@dataclass(frozen=True, slots=True)
class Phone:
    """`key` is the same for the same telephone however it is written; `dialled` as one dials it here."""

    key: str
    dialled: str


def phone_of(text: str) -> Phone | None:
    """None where it is no number that exists, several numbers, or one that nobody owns."""
    said = unicodedata.normalize("NFKC", text).strip()
    if _SEVERAL.search(said):
        return None
    try:
        number = phonenumbers.parse(_EXTENSION.sub(";ext=", said), HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or _type_of(number) not in OF_PEOPLE:
        return None
    extension = number.extension or ""
    key = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    number.extension = None
    at_home = phonenumbers.region_code_for_number(number) == HOME
    shape = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    dialled = phonenumbers.format_number(number, shape)
    if at_home:
        dialled = dialled.replace(" ", "")
    if extension:
        key, dialled = f"{key}x{extension}", f"{dialled}转{extension}"
    return Phone(key, dialled)


def _type_of(number: phonenumbers.PhoneNumber) -> int:
    return phonenumbers.number_type(number)
