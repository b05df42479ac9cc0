"""Workbooks of many programs, from public projects, each end in the verdict that is known for it.

`tests/data/sheets/EXPECTED.tsv` says which: the counts and names in it were agreed on by two other
readers, or are what the source project's own test demands. SOURCES.tsv says where they are from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from mailflow.domain.document import Reading
from mailflow.parsers.sandbox import Sandbox
from tests.parsers.corpus import first_row, outline, reading

SHEETS = Path(__file__).parents[1] / "data/sheets"


@dataclass(frozen=True)
class Expected:
    file: str
    refused: bool
    words: tuple[str, ...]
    first: tuple[str, ...]

    @property
    def raw(self) -> bytes:
        return (SHEETS / self.file).read_bytes()


def _expected() -> Iterator[Expected]:
    for line in (SHEETS / "EXPECTED.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        file, verdict, words, first = line.split("\t")
        row = tuple(first.split(" / ")) if first else ()
        yield Expected(file, verdict == "refused", tuple(words.split("; ")), row)


EXPECTED = list(_expected())
OPENED = [e for e in EXPECTED if not e.refused and not e.file.endswith(".zip")]
REFUSED = [e for e in EXPECTED if e.refused]
COMPARED = [e for e in OPENED if len(e.first) >= 3]


def _name(expected: Expected) -> str:
    return expected.file


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """As in daily use: under its limits of memory and time."""
    with Sandbox() as made:
        yield made


def test_nothing_is_left_out() -> None:
    """Every file has its line, and every line its file."""
    files = {p.name for p in SHEETS.iterdir() if p.is_file() and "__" in p.name}
    assert files == {e.file for e in EXPECTED}
    assert len(COMPARED) > 30


@pytest.mark.fault("M09", "X16")
@pytest.mark.parametrize("expected", REFUSED, ids=_name)
def test_what_must_be_refused_is_refused_for_its_reason(
    expected: Expected, sandbox: Sandbox
) -> None:
    assert sandbox.call(outline, expected.raw, returns=list[str]) == ["refused", *expected.words]
    read = sandbox.call(reading, expected.file, expected.raw, returns=Reading)
    assert (read.documents, [r.reason for r in read.refused]) == ((), list(expected.words))


@pytest.mark.fault("X16")
@pytest.mark.parametrize("expected", OPENED, ids=_name)
def test_sheets_are_as_other_readers_see_them(expected: Expected, sandbox: Sandbox) -> None:
    found = sandbox.call(outline, expected.raw, returns=list[str])
    count, *sheets = expected.words
    assert len(found) == int(count)
    for seen, known in zip(found, sheets, strict=False):
        assert seen == known or seen.rpartition(" ")[0] == known


@pytest.mark.fault("X01", "X16")
@pytest.mark.parametrize("expected", COMPARED, ids=_name)
def test_values_are_as_other_readers_see_them(expected: Expected, sandbox: Sandbox) -> None:
    found = sandbox.call(first_row, expected.raw, returns=list[str])
    for seen, known in zip(found, expected.first, strict=False):
        assert _same(seen, known), (seen, known)


def _same(seen: str, known: str) -> bool:
    """Long texts are cut in what is known; a date may be known as its serial number, or with a time."""
    one, other = "".join(seen.split()), "".join(known.split())
    if one.startswith(other) or other.startswith(one):
        return True
    try:
        return Decimal(one) == Decimal(f"{float(other):.15g}")
    except (InvalidOperation, ValueError):
        return False


@pytest.mark.parametrize("expected", EXPECTED, ids=_name)
def test_every_one_ends_in_a_verdict(expected: Expected, sandbox: Sandbox) -> None:
    """Some are orders by their looks, of products that nobody here knows."""
    read = sandbox.call(reading, expected.file, expected.raw, returns=Reading)
    assert read.documents or read.refused
