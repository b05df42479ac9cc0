"""Reports written by a test into a workbook and read back, for the tests of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from mailflow.domain.document import AnyReport, Document, Reading
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.mail import Head
from mailflow.parsers.sandbox_shapes import decoded, encoded
from tests.parsers.sheets import documents, saved, workbook

R = TypeVar("R", bound=AnyReport)
WHO = "某某商贸有限公司"
Rows = Sequence[Sequence[Any]]


def read(*rows: Sequence[Any], name: str = "a.xlsx") -> tuple[Document, ...]:
    return documents(saved(workbook(rows)), name)


def report(kind: type[R], *rows: Sequence[Any], name: str = "a.xlsx") -> R:
    """The one report of a sheet of these rows."""
    [found] = read(*rows, name=name)
    assert isinstance(found, kind), found
    return found


def doubted(found: AnyReport) -> list[tuple[DoubtKind, str]]:
    return [(d.kind, d.at.address if d.at else "") for d in found.doubts]


def crossed(found: AnyReport) -> AnyReport:
    """As it comes out of the child that reads."""
    reading = Reading(Head(sender=None), (found,))
    [back] = decoded(encoded(reading, Reading), Reading).documents
    assert back == found
    return found
