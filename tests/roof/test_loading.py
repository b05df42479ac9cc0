"""A command loads what it needs and nothing else: that is what its start takes."""

from __future__ import annotations

import subprocess
import sys

from tests.scenarios.processes import COMMANDS

HEAVY = (
    "alembic",
    "css_inline",
    "dns",
    "holidays.countries",
    "imapclient",
    "PIL",
    "jinja2",
    "http.client",
    "mailflow.desk",
    "mailflow.store.ledger",
    "matplotlib",
    "numpy",
    "openpyxl",
    "pandas",
    "phonenumbers",
    "pydantic",
    "rich",
    "sqlalchemy",
    "sqlalchemy.dialects.postgresql",
    "xlsxwriter",
    "yaml",
)


def loaded_by(statement: str) -> set[str]:
    """Those of the heavy packages that a fresh process has loaded after this statement."""
    tell = f"import sys; {statement}; print(*(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_heavy_is_loaded_before_it_is_known_what_is_wanted() -> None:
    assert loaded_by("import mailflow.cli") == set()


def test_a_run_loads_neither_what_draws_nor_what_few_mails_and_few_houses_need() -> None:
    loaded = loaded_by("import mailflow.commands.run")
    assert "sqlalchemy" in loaded
    assert (
        loaded & {"http.client", "phonenumbers", "rich", "sqlalchemy.dialects.postgresql"} == set()
    )


def test_a_reading_process_is_begun_before_database_and_letters_are_loaded() -> None:
    assert loaded_by("import mailflow.commands.ahead") == {"pydantic", "yaml"}


def test_workbooks_are_changed_in_the_reading_process_alone() -> None:
    every = ", ".join(f"mailflow.commands.{name}" for name in COMMANDS)
    loaded = loaded_by(f"import {every}")
    assert loaded & {"PIL", "matplotlib", "numpy", "openpyxl", "pandas"} == set()


def test_explaining_needs_neither_a_mailbox_nor_workbooks_to_write() -> None:
    loaded = loaded_by("import mailflow.commands.explain")
    assert "sqlalchemy" in loaded
    assert loaded & {"alembic", "imapclient", "xlsxwriter"} == set()


def test_explaining_reads_balances_and_leaves_ledger_and_dns_alone() -> None:
    loaded = loaded_by("import mailflow.commands.explain")
    assert loaded & {"dns", "mailflow.store.ledger"} == set()


def test_what_draws_pictures_is_loaded_for_pictures_alone() -> None:
    assert "rich" not in loaded_by("import mailflow.commands.explain_json")
    loaded = loaded_by("import mailflow.commands.explain_picture")
    assert "rich" in loaded
    assert loaded & {"alembic", "imapclient", "openpyxl", "xlsxwriter"} == set()


def test_a_child_waits_with_what_only_some_calls_need() -> None:
    reading = "import mailflow.parsers.sandbox_child, mailflow.parsers.reader"
    assert loaded_by(reading) == set()
    press = "import mailflow.parsers.sandbox_child, mailflow.outbox.workbooks.checked_list"
    assert loaded_by(press) == {"xlsxwriter"}


def test_a_day_of_the_chinese_calendar_loads_no_other_country() -> None:
    asked = "from mailflow.calendars import workdays_in; from datetime import date, UTC"
    path = "from pathlib import Path; workdays_in(Path('none'), UTC).is_worked(date(2026, 10, 1))"
    loaded = loaded_by(f"{asked}; {path}")
    assert "holidays.countries" not in loaded


def test_a_command_ends_without_looking_through_all_it_had() -> None:
    tell = (
        "import atexit, gc, sys; sys.argv = ['mailflow', '--help'];"
        "atexit.register(lambda: print('frozen:', gc.get_freeze_count() > 10_000));"
        "from mailflow.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("frozen: True\n")
