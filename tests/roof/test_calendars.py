"""The Chinese calendar as announced, and the files of a house that go before it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest

from mailflow.calendars import workdays_in
from mailflow.config_file import ConfigError
from mailflow.desk.calendar_watch import calendar_matters, missing_year
from mailflow.domain.workdays import Workdays

SHANGHAI = ZoneInfo("Asia/Shanghai")


def calendar(folder: Path, text: str = "", year: int = 2027) -> Workdays:
    folder.mkdir(exist_ok=True)
    if text:
        (folder / f"cn-{year}.yaml").write_text(text, encoding="utf-8")
    return workdays_in(folder, SHANGHAI)


def test_no_folder_is_needed(tmp_path: Path) -> None:
    assert workdays_in(tmp_path / "none", SHANGHAI).is_worked(date(2026, 11, 26))


@pytest.mark.fault("T05")
def test_announced_make_up_days_are_known(tmp_path: Path) -> None:
    known = calendar(tmp_path)
    assert known.is_known(2026)
    assert known.is_worked(date(2026, 2, 14))  # a Saturday
    assert not known.is_worked(date(2026, 2, 23))  # a Monday
    assert not known.is_worked(date(2026, 10, 7))
    assert known.is_worked(date(2026, 10, 8))


def test_the_one_country_loaded_by_itself_has_the_days_that_the_library_tells() -> None:
    known, first = workdays_in(Path("none"), SHANGHAI), date(2018, 1, 1)
    library = holidays.China(years=range(2018, 2028))
    days = [first + timedelta(days=count) for count in range(365 * 9)]
    assert [known.is_worked(day) for day in days] == [library.is_working_day(day) for day in days]


@pytest.mark.fault("T05")
def test_a_year_without_make_up_days_is_not_known_until_a_file_tells_it(tmp_path: Path) -> None:
    assert not calendar(tmp_path).is_known(2033)
    told = calendar(tmp_path, "rest: [2033-03-01]\nworked: [2033-03-05]", 2033)
    assert told.is_known(2033)
    assert not told.is_worked(date(2033, 3, 1))
    assert told.is_worked(date(2033, 3, 5))


@pytest.mark.fault("T05")
def test_a_file_goes_before_what_was_announced(tmp_path: Path) -> None:
    changed = calendar(tmp_path, "rest: [2026-02-14, 2026-02-25]\nworked: [2026-10-07]", 2026)
    assert not changed.is_worked(date(2026, 2, 14))
    assert not changed.is_worked(date(2026, 2, 25))
    assert changed.is_worked(date(2026, 10, 7))
    assert changed.is_worked(date(2026, 10, 10))


@pytest.mark.parametrize(
    "text",
    [
        "rest: [2026-02-14]",
        "rest: 2027",
        "off: [2027-01-01]",
        "[1]",
        "rest: [soon]",
        "rest: [",
        "- a",
    ],
)
def test_a_file_that_cannot_be_used_is_named(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cn-2027\.yaml"):
        calendar(tmp_path, text)


def test_a_day_is_not_both(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="remove one"):
        calendar(tmp_path, "rest: [2027-01-01]\nworked: [2027-01-01]")


@pytest.mark.fault("T05", "T07")
def test_next_year_is_asked_for_from_december_on(tmp_path: Path) -> None:
    known = calendar(tmp_path)
    assert missing_year(date(2026, 11, 30), known) is None
    assert missing_year(date(2032, 1, 1), known) == 2032
    told = calendar(tmp_path, "rest: [2033-03-01]", 2033)
    assert missing_year(date(2032, 12, 1), told) == 2032
    assert missing_year(date(2033, 1, 1), told) is None
    assert not list(calendar_matters(date(2033, 1, 1), told))
    [matter] = calendar_matters(date(2033, 12, 1), told)
    assert matter.reference == "calendars/cn-2034.yaml"
    assert matter.region == ""
