"""Lines are as wide as the room, and never wider, however wide their signs are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len
from rich.text import Text

from mailflow.commands.line_breaks import NEVER_FIRST, broken, fitted, fitted_in_the_middle

TEXTS = some.text("abc D-9,.:产品编码，。“” 　", max_size=60)


def lines(text: str, room: int) -> list[str]:
    return [line.plain for line in broken(Text(text), room)]


def test_a_short_text_stays_as_it_is() -> None:
    assert lines("产品 A", 6) == ["产品 A"]
    assert lines("", 6) == [""]


def test_chinese_breaks_anywhere_words_only_between() -> None:
    assert lines("请改为 12 cases 的整箱", 10) == ["请改为 12", "cases 的整", "箱"]
    assert lines("abcdefgh", 3) == ["abc", "def", "gh"]


def test_no_line_begins_with_a_mark_that_belongs_to_the_line_before() -> None:
    assert lines("四个汉字，再来", 8) == ["四个汉", "字，再来"]


@given(TEXTS, some.integers(4, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, room: int) -> None:
    found = lines(text, room)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(cell_len(line) <= room for line in found)


@given(TEXTS, some.integers(4, 30))
def test_a_cell_is_exactly_as_wide_as_its_room(text: str, room: int) -> None:
    assert cell_len(fitted(text, room)) == room
    assert cell_len(fitted_in_the_middle(text, room)) == room


def test_of_a_product_the_end_is_kept() -> None:
    assert fitted_in_the_middle("晨露金装婴幼儿配方奶粉1段900g", 14) == "晨露金…1段900g"
    assert "，" in NEVER_FIRST
