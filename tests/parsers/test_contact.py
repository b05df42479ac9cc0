"""A name and a number in one cell are told apart, or it is said that they cannot be."""

from __future__ import annotations

import pytest

from mailflow.parsers.contact import contact_of


@pytest.mark.parametrize(
    "text",
    [
        "王芳 13800001234",
        "王芳13800001234",
        "王芳/13800001234",
        "13800001234（王芳）",
        "王芳，13800001234",
        "王芳　１３８００００１２３４",
        "王芳 电话：13800001234",
        "收货人：王芳；手机：13800001234",
        "13800001234\n王芳",
    ],
)
def test_name_and_number_are_told_apart(text: str) -> None:
    assert contact_of(text) == ("王芳", "13800001234")


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("王芳", ("王芳", "")),
        ("13800001234", ("", "13800001234")),
        ("王芳 138-0000-1234", ("王芳", "138-0000-1234")),
        ("王芳 +86 138 0000 1234", ("王芳", "+86 138 0000 1234")),
        ("王芳 0311-88001234", ("王芳", "0311-88001234")),
        ("Wang Fang, tel. 13800001234", ("Wang Fang", "13800001234")),
        ("王芳 0311-88001234转801", ("王芳", "0311-88001234转801")),
    ],
)
def test_numbers_are_taken_as_they_are_written(text: str, contact: tuple[str, str]) -> None:
    assert contact_of(text) == contact


@pytest.mark.parametrize(
    "text",
    [
        "",
        " / ",
        "王芳 13800001234 / 13900001234",
        "王芳 1380000123",
        "王芳 138000012345",
        "王芳 13800001234 李四",
        "王芳2 13800001234",
        "名" * 50,
    ],
)
def test_what_is_not_certain_is_not_taken_apart(text: str) -> None:
    assert contact_of(text) is None
