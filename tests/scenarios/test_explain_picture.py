"""What `explain` draws on a terminal; it reads as it read when somebody last looked at it.

`UPDATE_GOLDEN=1 pytest tests/scenarios/test_explain_picture.py` writes the files anew; read the
difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from mailflow.commands.demo_desk.mails import A1, A2, HEAD, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.parsers.sheets import saved, workbook
from tests.scenarios.house import House, build_house, some_mails

GOLDEN = Path(__file__).parents[1] / "golden" / "pictures"
BEI = "bei.manager@songping.example"


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, House]:
    folder = tmp_path_factory.mktemp("houses")
    chinese = build_house(folder / "zh")
    english = build_house(folder / "en", CONFIG.replace("language: zh", "language: en"))
    return {"zh": chinese, "en": english}


def drawing(house: House, name: str, raw: bytes, **environment: str) -> str:
    """Without its first line, which names the file."""
    path = house.folder / name
    path.write_bytes(raw)
    done = house.run("explain", str(path), **{"COLUMNS": "80", **environment})
    assert (done.returncode, done.stderr) == (0, "")
    first, _, rest = done.stdout.partition("\n")
    assert first == str(path)
    return rest


def book_of_several_sheets() -> bytes:
    """An instruction sheet, an order with a hidden row and a table off its left edge, a hidden list."""
    rows = order("N101", [(A1, 20, "现金"), (A2, 5, "现金")])
    book = workbook([("填表说明",), ("一、数量按箱填写。",)], rows, [(p,) for p, _ in (A1, A2)])
    book.worksheets[1].row_dimensions[9].hidden = True
    book.worksheets[2].sheet_state = "hidden"
    return saved(book)


def unknown_sheet() -> bytes:
    return saved(workbook([("门店", "地址"), ("一店", "某路1号"), ("二店", "某路2号")]))


def hostile_book() -> bytes:
    evil = "\x1b[31m\x1b]0;owned\x07[bold red]{{ 7*7 }}{found}\u202e"
    name = evil.replace("\x1b", "_x001B_").replace("\x07", "_x0007_")
    rows = order("N101", [((name, 198), 20, "现金")], name=name)
    return mail(BEI, f"订单 {evil!r} \u202e", evil, ("[red]x.xlsx", sheet(rows)))


CASES = {
    "loose-tins": ("a.eml", lambda: some_mails("02-loose-tins")["02-loose-tins"]),
    "english": ("a.eml", lambda: some_mails("06-english")["06-english"]),
    "refused": ("a.eml", lambda: some_mails("10-broken")["10-broken"]),
    "nothing-attached": ("a.eml", lambda: some_mails("16-no-attachment")["16-no-attachment"]),
    "automatic": ("a.eml", lambda: some_mails("08-auto-reply")["08-auto-reply"]),
    "several-sheets": ("书.xlsx", book_of_several_sheets),
    "no-order": ("表.xlsx", unknown_sheet),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_a_picture_looks_as_it_did(name: str, language: str, houses: dict[str, House]) -> None:
    file, raw = CASES[name]
    said = drawing(houses[language], file, raw())
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8"), f"{path.name}: see this file's first lines"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_no_line_is_wider_than_eighty_signs(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {line for line in lines if cell_len(line) > 80} == set()
    assert {line for line in lines if line != line.rstrip()} == set()


def test_no_golden_picture_is_left_of_a_case_that_is_gone() -> None:
    assert {path.name.partition(".")[0] for path in GOLDEN.iterdir()} == set(CASES)


def test_nothing_a_sender_wrote_steers_the_terminal(houses: dict[str, House]) -> None:
    said = drawing(houses["zh"], "evil.eml", hostile_book())
    assert "[bold red]{{ 7*7 }}" in said
    assert [sign for sign in said if sign != "\n" and not sign.isprintable()] == []


def test_a_terminal_gets_colours_unless_it_wants_none(houses: dict[str, House]) -> None:
    raw = some_mails("02-loose-tins")["02-loose-tins"]
    plain = drawing(houses["zh"], "a.eml", raw)
    assert "\x1b" not in plain
    house = houses["zh"]
    coloured = house.run("explain", str(house.folder / "a.eml"), COLUMNS="80", FORCE_COLOR="1")
    assert "\x1b[1;32m" in coloured.stdout
    sober = house.run(
        "explain", str(house.folder / "a.eml"), COLUMNS="80", FORCE_COLOR="1", NO_COLOR="1"
    )
    assert "\x1b[1m" in sober.stdout
    assert "\x1b[1;32m" not in sober.stdout


def test_columns_that_matter_least_are_left_out_of_a_narrow_terminal(
    houses: dict[str, House],
) -> None:
    said = drawing(houses["zh"], "a.eml", some_mails("01-clean")["01-clean"], COLUMNS="46")
    assert "屏幕窄，没画的列：" in said
    header = next(line for line in said.splitlines() if "表头" in line)
    assert HEAD[1] in header
    assert HEAD[7] not in header
    sheet, _, _ = said.partition("\n订单")
    assert all(cell_len(line) <= 46 for line in sheet.splitlines())
