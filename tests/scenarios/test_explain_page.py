"""The page of a reading shows the sheet as it was read, and what a sender wrote stays text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.parsers.sheets import saved, workbook
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.test_explain_picture import book_of_several_sheets, unknown_sheet

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt;",
    "<!-- -->]]>",
)
VOID = {"meta", "br"}


@dataclass
class Page(HTMLParser):
    """The page taken apart: every tag with its attributes, and whether each is closed."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    """The class of each row of a grid, and how many columns wide it is."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags.append((tag, known))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append((known.get("class", ""), 0))
        if tag in ("td", "th") and self.rows:
            look, wide = self.rows[-1]
            self.rows[-1] = (look, wide + int(known.get("colspan", "1")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def classes(self, tag: str) -> list[str]:
        return [attributes.get("class", "") for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("page") / "house")


def page_of(house: House, name: str, raw: bytes) -> Page:
    path, target = house.folder / name, house.folder / "out.html"
    path.write_bytes(raw)
    done = house.run("explain", str(path), "--html", str(target))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{target}\n", "")
    page = Page()
    page.feed(target.read_text(encoding="utf-8"))
    page.close()
    assert page.open == []
    return page


def rows_like(page: Page, look: str) -> list[tuple[str, int]]:
    return [row for row in page.rows if look in row[0].split()]


@pytest.fixture(scope="module")
def returned(house: House) -> Page:
    return page_of(house, "a.eml", some_mails("02-loose-tins")["02-loose-tins"])


def test_a_page_needs_nothing_from_elsewhere(returned: Page) -> None:
    assert not {tag for tag, _ in returned.tags} & {"script", "img", "link", "iframe", "object"}
    links = {a[name] for _, a in returned.tags for name in ("href", "src", "action") if name in a}
    assert links == {"#n1"}
    assert "@import" not in returned.text
    assert "url(" not in returned.text
    [policy] = [a["content"] for _, a in returned.tags if "http-equiv" in a]
    assert policy.startswith("default-src 'none'")


def test_decision_lines_and_letters_stand_above_the_sheet(returned: Page) -> None:
    text = returned.text
    wanted = ["退回，请发件人改", "白石市宝宝屋商贸有限公司", "SP-A1-800", "会发出的信"]
    wanted += [
        "bei.manager@songping.example",
        "宝宝屋订单.xlsx · 订单",
        "含义",
        "箱数 表头里的单位",
    ]
    at = -1
    for words in wanted:
        assert (at := text.find(words, at + 1)) >= 0, words


def test_a_finding_stands_below_its_cell(returned: Page) -> None:
    numbers = [look for look, _ in returned.rows]
    line = numbers.index("note-row")
    assert numbers[line - 1] == "r-line"
    assert "hit error" in [c.partition(" figure ")[2] for c in returned.classes("td")]
    assert "散听 D10 9.5 → 9 / 10" in returned.text


def test_every_row_of_a_grid_is_equally_wide(returned: Page) -> None:
    grid = [wide for look, wide in returned.rows if look]
    assert len(grid) > 10
    assert len(set(grid)) == 1


def test_hidden_rows_are_shown_as_such_and_skipped_sheets_are_folded(house: House) -> None:
    page = page_of(house, "a.xlsx", book_of_several_sheets())
    assert len(rows_like(page, "concealed")) == 1
    assert page.classes("details").count("card sheet") == 2
    assert page.classes("section").count("card sheet") == 1
    assert "隐藏的工作表 没有当作订单来读" in page.text


def test_a_sheet_that_is_no_order_is_shown_as_not_understood(house: House) -> None:
    page = page_of(house, "a.xlsx", unknown_sheet())
    assert len(rows_like(page, "r-unread")) == 3
    assert "看不出是订单" in page.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("10-broken", "附件打不开"),
        ("16-no-attachment", "请问昨天的清单发了吗？"),
        ("08-auto-reply", "不处理，也不回复"),
        ("01-clean", "受理，马上发货"),
    ],
)
def test_what_became_of_a_mail_is_told(house: House, name: str, said: str) -> None:
    page = page_of(house, "a.eml", some_mails(name)[name])
    assert said in page.text
    assert bool(rows_like(page, "r-line")) == (name == "01-clean")


def test_what_could_not_be_read_of_a_strangers_mail_is_told_too(house: House) -> None:
    raw = mail("who@elsewhere.example", "看看", "在附件里", ("报价.pdf", b"%PDF-1.4 "))
    page = page_of(house, "a.eml", raw)
    assert "不处理，也不回复" in page.text
    assert "报价.pdf" in page.text


def evil_order(evil: str) -> bytes:
    rows = order("N101", [((evil, 198), 20, "现金")], name=evil, address=evil)
    rows[-1] = ("合计", evil, evil, 20, evil, 1, evil, evil)
    return mail(
        "bei.manager@songping.example",
        f"订单 {evil}",
        evil,
        (f"{evil[:20]}.xlsx", sheet([(evil,), *rows, (), (evil, evil)], "订单")),
    )


@pytest.mark.parametrize("evil", EVIL)
def test_what_a_sender_wrote_stays_text(house: House, evil: str, returned: Page) -> None:
    page = page_of(house, "a.eml", evil_order(evil))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in returned.tags}
    names = {name for _, attributes in page.tags for name in attributes}
    assert names <= {name for _, attributes in returned.tags for name in attributes}
    assert page.text.count(" ".join(evil.split())) > 5


def test_a_page_holds_no_sign_that_cannot_be_seen(house: House) -> None:
    raw = evil_order("甲\u202e乙\u200b丙\x08丁")
    page = page_of(house, "a.eml", raw)
    assert "甲 乙 丙 丁" in page.text
    assert not set(page.text) & set("\u202e\u200b\x08")


def test_a_long_sheet_is_cut_and_says_so(house: House) -> None:
    rows = order("N101", [(A1, n, "现金") for n in range(1, 320)])
    page = page_of(house, "a.xlsx", saved(workbook(rows)))
    assert len(rows_like(page, "r-line")) < 250
    assert "行没画。" in page.text


def test_two_tables_on_a_sheet_tell_their_meanings_each(house: House) -> None:
    first, second = order("N101", [(A1, 2, "现金")]), order("N102", [(A2, 3, "现金")])
    page = page_of(house, "a.xlsx", saved(workbook([*first, (), *second])))
    assert len(rows_like(page, "means")) == 2


def test_what_is_found_line_by_line_is_told_once(house: House) -> None:
    rows = order("N101", [(A1, 2, "现金"), (A1, 3, "现金"), (A2, 4, "现金")])
    priced = [
        (*r[:4], r[4] * 6, *r[5:]) if len(r) > 4 and isinstance(r[4], int) else r for r in rows
    ]
    page = page_of(house, "a.xlsx", saved(workbook(priced)))
    assert len(rows_like(page, "note-row")) == 1
    assert "还有：E9 E10" in page.text


def test_the_page_speaks_the_language_of_the_house(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    text = house.config.read_text(encoding="utf-8")
    house.config.write_text(text.replace("language: zh", "language: en"), encoding="utf-8")
    page = page_of(house, "a.eml", some_mails("01-clean")["01-clean"])
    assert "Accepted, ships now" in page.text
    assert ("html", {"lang": "en"}) in page.tags


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.eml", "b.eml", "--html", "out.html"),
        ("a.eml", "--json", "--html", "out.html"),
        ("a.eml", "--html", "b.eml"),
        ("a.html", "--html", "a.html"),
    ],
)
def test_wrong_use_writes_nothing(house: House, arguments: Sequence[str], tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml", "a.html"):
        (tmp_path / name).write_text("as it was", encoding="utf-8")
    named = [a if a.startswith("--") else str(tmp_path / a) for a in arguments]
    done = house.run("explain", *named)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--html: " in done.stderr
    assert {p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"as it was"}
    assert len(list(tmp_path.iterdir())) == 3


def test_a_page_that_cannot_be_written_is_complained_of(house: House) -> None:
    path = house.folder / "a.eml"
    path.write_bytes(some_mails("01-clean")["01-clean"])
    done = house.run("explain", str(path), "--html", str(house.folder / "none" / "out.html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "out.html: No such file or directory" in done.stderr


def test_a_template_of_the_house_that_fails_is_complained_of(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house", CONFIG + "\ntemplates: own\n")
    (house.folder / "own" / "reading").mkdir(parents=True)
    own = house.folder / "own" / "reading" / "page.html"
    own.write_text("{{ view.gone }}", encoding="utf-8")
    path = house.folder / "a.eml"
    path.write_bytes(some_mails("01-clean")["01-clean"])
    done = house.run("explain", str(path), "--html", str(house.folder / "out.html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "template reading" in done.stderr
    assert "template reading" in house.run("doctor").stdout
