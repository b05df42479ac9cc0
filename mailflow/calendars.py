"""The Chinese working calendar: a kept library, and files of the house that go before it.

Each year's days are announced in the autumn before. Until the library has them, and where a year
is changed on its way, `calendars/cn-YYYY.yaml` beside the configuration says so:

    rest: [2027-02-05, 2027-02-08]     # days of rest
    worked: [2027-01-31]              # make-up days (调休)
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from mailflow.config_file import ConfigError
from mailflow.domain.pattern import pattern
from mailflow.domain.workdays import Workdays, YearDays

CALENDARS = "calendars"
"""The folder beside the configuration."""
KEYS = ("rest", "worked")
_NAME = pattern(r"cn-(\d{4})\.yaml")
Own = tuple[frozenset[date], frozenset[date]]


def workdays_in(folder: Path, zone: ZoneInfo) -> Workdays:
    """Raises `ConfigError` for a file that cannot be used. The library is asked for a year when a
    day of it is."""
    own = {year: _read(path, year) for path in sorted(folder.glob("*")) if (year := _year_of(path))}

    def year_days(year: int) -> YearDays:
        announced = _announced(year)
        if year not in own:
            return announced
        off, worked = own[year]
        return YearDays((announced.off | off) - worked, (announced.worked | worked) - off, True)

    return Workdays(year_days, zone)


def _year_of(path: Path) -> int | None:
    named = _NAME.fullmatch(path.name)
    return int(named[1]) if named else None


@cache
def _announced(year: int) -> YearDays:
    """What the library has. Before a year is announced it knows holidays without make-up days,
    and nothing in it says so."""
    calendar = _china()(years=[year])
    worked = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    off = frozenset(day for day in calendar if day.year == year)
    return YearDays(off - worked, worked, bool(worked))


@cache
def _china() -> Any:
    """The library's calendar of China. Its package of countries loads all 250 of them, a tenth of a
    second at each start, so the one file is loaded by itself; where there is no such file, the usual
    way."""
    library: Any = import_module("holidays")
    path = Path(library.__file__).parent / "countries" / "china.py"
    spec = spec_from_file_location("mailflow_holidays_china", path)
    if not path.is_file() or spec is None or spec.loader is None:
        return library.China
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.China


def _read(path: Path, year: int) -> Own:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: cannot be read ({error}): mend the file or its rights"
        ) from error
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(values, dict) or set(values) - set(KEYS):
        raise ConfigError(f"{path}: write the keys {' and '.join(KEYS)}, each with a list of days")
    off, worked = (_days(values.get(key), path, year) for key in KEYS)
    if both := sorted(off & worked):
        raise ConfigError(f"{path}: {both[0]} stands under rest and under worked: remove one")
    return off, worked


def _days(listed: object, path: Path, year: int) -> frozenset[date]:
    days = listed if isinstance(listed, list) else [] if listed is None else [listed]
    for day in days:
        if type(day) is not date or day.year != year:
            raise ConfigError(f"{path}: {day}: write days of {year}, such as {year}-01-01")
    return frozenset(days)
