"""What a request lacks, so that whoever made it is asked: fields without a value, or with one of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from mailflow.domain.pattern import pattern
from mailflow.domain.register import Customer
from mailflow.domain.request import Field, FieldKind, RequestKind
from mailflow.domain.value import dataclass

_DATE = pattern(
    r"\d{4}\s*[-/.年]\s*\d{1,2}|\d{1,2}\s*月|\d{1,2}\s*[-/.]\s*\d{1,2}|[0-3]?\d\s*[日号]"
    r"|[今明后本下上]{1,2}(?:天|周|个?月|星期|礼拜)|月底|年底|月初|月中|春节|元旦|国庆|五一|中秋|周[一二三四五六日末]"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month",
    re.IGNORECASE,
)
_NUMBER = pattern(r"\d|[零一二两三四五六七八九十百千万半]")


class Why(StrEnum):
    """What is wrong with a field, so that it is asked for."""

    MISSING = "missing"
    NO_DATE = "no-date"
    NO_NUMBER = "no-number"
    UNKNOWN = "unknown-distributor"
    SEVERAL = "several-distributors"
    NOT_YOURS = "not-yours"


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that has to be told again; `found` is what stood there."""

    field: Field
    why: Why
    found: str = ""


def lacking(
    kind: RequestKind, values: Mapping[str, str], named: tuple[Customer, ...] | None
) -> tuple[Lack, ...]:
    """What has to be asked for. `named` are the distributors that the field of that kind may mean, of
    those for whom the sender may ask; None where it names nobody that is known."""
    return tuple(_lacks(kind.fields, values, named))


def _lacks(
    fields: Sequence[Field], values: Mapping[str, str], named: tuple[Customer, ...] | None
) -> Iterator[Lack]:
    for field in fields:
        value = values.get(field.name, "")
        if not value:
            if field.required:
                yield Lack(field, Why.MISSING)
        elif field.kind is FieldKind.DATE and not _DATE.search(value):
            yield Lack(field, Why.NO_DATE, value)
        elif field.kind is FieldKind.NUMBER and not _NUMBER.search(value):
            yield Lack(field, Why.NO_NUMBER, value)
        elif field.kind is FieldKind.DISTRIBUTOR:
            if named is None:
                yield Lack(field, Why.UNKNOWN, value)
            elif not named:
                yield Lack(field, Why.NOT_YOURS, value)
            elif len(named) > 1:
                yield Lack(field, Why.SEVERAL, value)
