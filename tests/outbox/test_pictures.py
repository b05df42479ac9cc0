"""Pictures in letters: small, the same bytes for the same figures, every sign shown, or none at all."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mailflow.domain.consolidation import Consolidated, Limits, MonthSum, Position, Trend
from mailflow.domain.notice import Letter
from mailflow.domain.notice_month import StockPictures
from mailflow.domain.stock_summary import summary_of
from mailflow.outbox import statistics_pictures, stock_pictures
from mailflow.outbox.chart import (
    SCALE,
    WIDTH,
    Bar,
    Bars,
    Chart,
    Curve,
    Curves,
    shortened,
    unbundled,
)
from mailflow.outbox.chart_drawing import drawn
from mailflow.outbox.fonts import Face, chinese_faces
from mailflow.outbox.pictures import LARGEST, Drawing
from mailflow.outbox.specimen_month import stock
from mailflow.outbox.specimen_statistics import specimen_statistics
from tests.outbox.letters import NOW, named_letters, pages, setter

FACES = chinese_faces()
LATIN = Face(str(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"))
REGIONS = "京津冀晋蒙辽吉黑沪苏浙皖"


def every_chart(language: str) -> tuple[Chart, ...]:
    words = pages().words("stock-consolidated", language)
    return (
        *stock_pictures.charts_of(stock(), words),
        *(
            replace(chart, name=f"statistics-{chart.name}")
            for chart in statistics_pictures.charts_of(
                specimen_statistics(), pages().words("statistics", language)
            )
        ),
    )


def test_a_machine_that_tests_has_a_chinese_font() -> None:
    assert FACES, "apt-get install --no-install-recommends fonts-noto-cjk"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_a_small_picture_and_the_same_again(language: str) -> None:
    charts = every_chart(language)
    bundle = drawn(charts, FACES)
    assert drawn(charts, FACES) == bundle
    found = unbundled(bundle)
    assert list(found) == [chart.name for chart in charts]
    for data in found.values():
        picture = Image.open(io.BytesIO(data))
        assert picture.format == "PNG"
        assert picture.width == WIDTH * SCALE
        assert len(data) < 25_000


def test_the_fullest_chart_is_small_enough_to_be_sent() -> None:
    rows = tuple(
        Bar(f"晨露金装婴{n}幼儿配方", (9_999_999.0 - n, 8e6), (f"{9_999_999 - n:,}", "8,000,000"))
        for n in range(8)
    )
    [data] = unbundled(drawn((Bars("full", "品项" * 8, ("卖出", "库存"), rows),), FACES)).values()
    assert len(data) < LARGEST / 2


def test_a_chart_that_no_font_can_write_is_left_out_and_the_others_are_drawn() -> None:
    plain = Bars("plain", "Sold", ("sold",), (Bar("North", (1.0,), ("1",)),))
    strange = Bars("strange", "Sold", ("sold",), (Bar("\ue123", (1.0,), ("1",)),))
    chinese = Bars("chinese", "卖出", ("sold",), (Bar("North", (1.0,), ("1",)),))
    assert list(unbundled(drawn((plain, chinese), (LATIN,)))) == ["plain"]
    assert drawn((chinese,), (LATIN,)) == drawn((chinese,), ()) == b""
    assert list(unbundled(drawn((plain, strange, chinese), (LATIN, *FACES)))) == [
        "plain",
        "chinese",
    ]


def test_charts_of_nothing_of_less_and_with_gaps_are_drawn_all_the_same() -> None:
    nothing = Bars("nothing", "无", ("卖出", "库存"), (Bar("甲", (0.0, -5.0), ("0", "-5")),))
    gaps = Curves("gaps", "有缺", ("1", "2", "3", "4"), (Curve("甲", (1.0, None, 3.0, 2.0), "2"),))
    blank = Curves("blank", "空", ("1", "2"), (Curve("甲", (None, None), "–"),))
    odd = Bars("odd", "$x$ <b>", ("x",), (Bar("$\\frac", (1.0,), ("$1$",)),))
    assert len(unbundled(drawn((nothing, gaps, blank, odd), FACES))) == 4


def letter_with(bundle: bytes) -> tuple[EmailMessage, Letter]:
    letter = named_letters("zh")["stock-all"]
    whole = dict.fromkeys(letter.enclosures, b"PK\x03\x04")
    picture = next(e for e in letter.enclosures if isinstance(e, StockPictures))
    if not bundle:
        letter = replace(letter, enclosures=tuple(e for e in letter.enclosures if e != picture))
    [message] = setter().typeset(letter, {**whole, picture: bundle}, NOW)
    return cast(EmailMessage, message_from_bytes(message.mime, policy=default)), letter


def test_a_letter_shows_its_pictures_by_name_and_says_what_they_show() -> None:
    picture = next(
        e for e in named_letters("zh")["stock-all"].enclosures if isinstance(e, StockPictures)
    )
    mail, _ = letter_with(setter().prepare(picture, b"").result())
    html = mail.get_body(("html",))
    assert html is not None
    page = html.get_content()
    images = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [page.count(f'src="cid:{i["Content-ID"].strip("<>")}"') for i in images] == [1] * 4
    assert page.count("<img") == 4
    assert 'alt="各区域库存够卖多少天; 湖南 27 天; 湖北 30 天' in page
    assert all(i.get_content_disposition() == "inline" for i in images)
    assert [part.get_filename() for part in mail.iter_attachments()] == [
        "2026-11 经销商库存汇总.xlsx"
    ]


def test_without_pictures_a_letter_is_whole_and_speaks_of_none() -> None:
    mail, _ = letter_with(b"")
    assert [part.get_content_type() for part in mail.walk()][:4] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html")
    ]
    assert "<img" not in mail.as_string()


def test_where_drawing_fails_the_letter_goes_without() -> None:
    chart = every_chart("zh")[:1]
    assert Drawing(chart, (Face("/nowhere/at/all.ttf"),)).result() == b""
    assert Drawing(chart, ()).result() == Drawing((), FACES).result() == b""
    assert list(unbundled(Drawing(chart, FACES).result())) == ["cover"]


TINS = st.integers(0, 10**7)
POSITIONS = st.builds(
    lambda region, sku, tins: Position(
        region=region,
        code="C",
        distributor="某某",
        sku=sku,
        product=sku,
        opening=0,
        received=tins[0] + tins[1],
        sold=tins[0],
        closing=tins[1],
        lately=tins[2],
        months=3,
    ),
    st.sampled_from(["", *REGIONS]),
    st.sampled_from(["P1", "P2"]),
    st.tuples(TINS, TINS, TINS),
)


@settings(deadline=None)
@given(st.lists(POSITIONS, max_size=30))
def test_what_pictures_say_is_what_the_figures_are(positions: list[Position]) -> None:
    made = Consolidated(
        month=date(2026, 11, 1),
        expected=1,
        positions=tuple(positions),
        expiring=(),
        missing=(),
        limits=Limits(),
        trend=Trend(tuple(MonthSum(date(2026, m, 1), 1, m, m, m) for m in (10, 11))),
    )
    charts = {c.name: c for c in stock_pictures.charts_of(summary_of(made, b""), pages().words("stock-consolidated", "zh"))}  # fmt: skip
    assert ("cover" in charts) == bool(positions)
    is_cut = len({p.region for p in positions}) > 12
    for chart in charts.values():
        assert chart.title in chart.alt
        assert ("13 个里的前 12 个" in chart.title) == (
            is_cut and chart.name in ("cover", "regions")
        )
        if not isinstance(chart, Bars):
            continue
        assert 0 < len(chart.rows) <= 12
        for row in chart.rows:
            assert row.label
            assert f"{row.label} {' / '.join(row.texts)}" in chart.alt
            if chart.name != "cover":
                assert [int(text.replace(",", "")) for text in row.texts] == list(row.values)
    if positions and len({p.region for p in positions}) <= 12:
        regions = charts["regions"]
        assert isinstance(regions, Bars)
        assert sum(row.values[0] for row in regions.rows) == made.total.sold
        assert sum(row.values[1] for row in regions.rows) == made.total.closing


def test_a_long_name_keeps_its_begin_and_its_end() -> None:
    assert shortened("晨露金装1段") == "晨露金装1段"
    assert shortened("晨露金装婴幼儿配方奶粉1段900g") == "晨露金装婴幼…粉1段900g"
    assert len(shortened("x" * 500)) == 14
