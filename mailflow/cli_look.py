"""The commands that show what is there and what would be done; none changes anything."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from mailflow.cli_options import config_option

KINDS = (
    "mail",
    "order",
    "case",
    "message",
    "sender",
    "settlement",
    "account",
    "batch",
    "month",
    "budget",
    "announcement",
    "shortfall",
    "register",
    "consumers",
)
SHOWN = click.Choice(KINDS)
LISTED = click.Choice(
    [
        *("mails", "orders", "cases", "messages", "settlements"),
        *("batches", "shortages", "budgets", "announcements", "shortfalls"),
        *("registers", "consumers"),
    ]
)


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a file each.")
@click.option(
    "--again",
    "is_again",
    is_flag=True,
    help="Read kept mails (by number; without one all that another reader read) again; tell what differs.",
)
@click.option(
    "--html", type=click.Path(path_type=Path), help="Write one file's reading as a page to look at."
)
@config_option
def explain(
    config_path: Path, files: tuple[Path, ...], *, as_json: bool, is_again: bool, html: Path | None
) -> int:
    """Show how mails or workbooks are read, judged and would be answered; sends nothing."""
    if is_again:
        return _again(config_path, files, as_json=as_json, html=html)
    if not files:
        raise click.UsageError("Missing argument 'FILE...'")
    if html is not None and (wrong := _wrong_page(files, html, as_json=as_json)):
        raise click.UsageError(wrong)
    from mailflow.commands.ahead import begin

    begun = begin(config_path, files[0])
    if isinstance(begun, int):
        return begun
    from mailflow.commands.explain import explain as run

    if as_json:
        from mailflow.commands.explain_json import JsonTeller

        return run(begun, files, JsonTeller, _told)
    if html is not None:
        from mailflow.commands.explain_page import PageTeller

        return run(begun, files, partial(PageTeller, html), _told)
    from mailflow.commands.explain_picture import PictureTeller

    return run(begun, files, PictureTeller, _told)


def _again(
    config_path: Path, numbers: tuple[Path, ...], *, as_json: bool, html: Path | None
) -> int:
    named = [str(number).removeprefix("M") for number in numbers]
    if html is not None or not all(map(str.isdecimal, named)):
        raise click.UsageError("--again: takes numbers of mails, and no --html")
    from mailflow.commands.ahead import begin

    begun = begin(config_path)
    if isinstance(begun, int):
        return begun
    from mailflow.commands.again import again

    return again(begun, tuple(map(int, named)), _told, as_json=as_json)


def _told(*mail: Any) -> Any:
    """All that the desk does with mails that order nothing takes longer to import than to do."""
    from mailflow.commands.explain_told import told

    return told(*mail)


def _wrong_page(files: tuple[Path, ...], page: Path, *, as_json: bool) -> str:
    """Why a page cannot be written there; a mail named by mistake must not be overwritten."""
    if as_json or len(files) > 1:
        return "--html: takes one file, and no --json"
    if page.suffix.casefold() not in (".html", ".htm"):
        return f"--html: {page}: name a file that ends in .html"
    if page.exists() and any(file.exists() and file.samefile(page) for file in files):
        return f"--html: {page}: is the file to be read: name another one to write"
    return ""


@click.command()
@click.option("--json", "as_json", is_flag=True)
@config_option
def status(config_path: Path, as_json: bool) -> int:
    """Counts by state, the last completed poll, what waits on whom."""
    from mailflow.commands.look import status as run

    return run(config_path, as_json=as_json)


@click.command()
@click.argument("kind", type=SHOWN)
@click.argument("subject_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--html", type=click.Path(path_type=Path), help="Write an order's story as a page to look at."
)
@config_option
def show(config_path: Path, kind: str, subject_id: str, as_json: bool, html: Path | None) -> int:
    """One thing and its whole history."""
    if html is not None and (as_json or kind != "order"):
        raise click.UsageError("--html: takes an order, and no --json")
    if html is not None and html.suffix.casefold() not in (".html", ".htm"):
        raise click.UsageError(f"--html: {html}: name a file that ends in .html")
    if kind == "month":
        from mailflow.commands.month import show_month

        return show_month(config_path, subject_id, as_json=as_json)
    if kind == "budget":
        from mailflow.commands.budgets import show_budget

        return show_budget(config_path, subject_id, as_json=as_json)
    from mailflow.commands.look import show as run

    return run(config_path, (kind, subject_id), as_json=as_json, page=html)


@click.command("list")
@click.argument("kind", type=LISTED)
@click.option("--state", help="Only those in this state.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@config_option
def list_(config_path: Path, kind: str, state: str | None, as_json: bool) -> int:
    """All mails, orders, cases, messages, settlements, batches that left, what is short, budgets, announcements, mailed registers, or lists of consumers."""
    if kind == "budgets":
        from mailflow.commands.budgets import list_budgets

        return list_budgets(config_path, state, as_json=as_json)
    from mailflow.commands.look import listing as run

    return run(config_path, (kind, state), as_json=as_json)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@config_option
def find(config_path: Path, words: tuple[str, ...], as_json: bool) -> int:
    """Kept contracts and other papers in which all the words stand."""
    from mailflow.commands.find import find as run

    return run(config_path, words, as_json=as_json)


TO_LOOK = (explain, status, show, list_, find)
