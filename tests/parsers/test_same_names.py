"""No two attachments of a mail have one name, whatever their sender called them."""

from __future__ import annotations

import pytest

from mailflow.parsers.mime import read_mime
from tests.parsers.mime_mails import a_part, a_text, with_parts

XLSX = "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def names(*given: str) -> list[str]:
    parts = (
        a_part(XLSX, f'Content-Disposition: attachment; filename="{name}"', data=b"%d" % number)
        for number, name in enumerate(given)
    )
    found = read_mime(with_parts(a_text(), *parts)).attachments
    assert [a.data for a in found] == [b"%d" % number for number in range(len(given))]
    return [a.name for a in found]


def test_different_names_stay_as_they_are() -> None:
    assert names("订单.xlsx", "订单.csv", "订单(2).xlsx") == [
        "订单.xlsx",
        "订单.csv",
        "订单(2).xlsx",
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("a.xlsx", "a.xlsx"), ["a.xlsx", "a(2).xlsx"]),
        (("a.xlsx", "A.XLSX"), ["a.xlsx", "A(2).XLSX"]),
        (("a.xlsx",) * 3, ["a.xlsx", "a(2).xlsx", "a(3).xlsx"]),
        (("a.xlsx", "a(2).xlsx", "a.xlsx"), ["a.xlsx", "a(2).xlsx", "a(3).xlsx"]),
        (("a.xlsx", "a.xlsx", "a(2).xlsx"), ["a.xlsx", "a(3).xlsx", "a(2).xlsx"]),
        (("订单", "订单"), ["订单", "订单(2)"]),
    ],
)
def test_the_second_of_a_name_gets_a_number(given: tuple[str, ...], shown: list[str]) -> None:
    assert names(*given) == shown
