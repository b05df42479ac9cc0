"""The commands. Nothing heavy is imported before it is known which one is wanted."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from click.exceptions import NoArgsIsHelpError

from mailflow import __version__
from mailflow.cli_hand import BY_HAND
from mailflow.cli_options import config_option
from mailflow.cli_report import report

if TYPE_CHECKING:
    from collections.abc import Callable

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
)
SHOWN = click.Choice(KINDS)
LISTED = click.Choice(
    ["mails", "orders", "cases", "messages", "settlements", "batches", "shortages", "budgets"]
)
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _unused_config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return config_option(
        command, expose_value=False, show_default=False, help="Taken and not needed here."
    )


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="mailflow")
def cli() -> None:
    """Reads the order desk's mailbox, judges the orders, sends dispatch lists and answers."""


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@_unused_config_option
def demo(folder: Path) -> int:
    """Run the whole job on a small desk made in FOLDER; no server needed."""
    from mailflow.commands.demo import demo as run

    return run(folder)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_unused_config_option
def init(folder: Path) -> int:
    """Make a configuration, templates and register workbooks to fill in, in FOLDER."""
    from mailflow.commands.init import init as run

    return run(folder)


@cli.command()
@config_option
def doctor(config_path: Path) -> int:
    """Check everything mailflow needs; a line each, with the mend."""
    from mailflow.commands.doctor import doctor as run

    return run(config_path)


@cli.command()
@click.option(
    "--once", is_flag=True, help="One full pass (fetch, decide, due work, send), then exit."
)
@click.option("--now", "instant", help="With --once: this ISO instant instead of the clock's.")
@config_option
def run(config_path: Path, once: bool, instant: str | None) -> int:
    """The daemon, until SIGTERM or SIGINT."""
    from mailflow.commands.ahead import begin_work

    begun = begin_work(config_path)
    if isinstance(begun, int):
        return begun
    from mailflow.commands.run import run as start

    return start(begun, _upgrade, once=once, instant=instant)


def _upgrade(connection: Any) -> None:
    """Migrations take longer to import than to run: only where a database is an older one."""
    from mailflow.store.upgrade import upgrade

    upgrade(connection)


@cli.command()
@click.option("--json", "as_json", is_flag=True)
@config_option
def health(config_path: Path, as_json: bool) -> int:
    """Whether the daemon works: exit status 0, or 1 and what is wrong."""
    from mailflow.commands.health import health as run

    return run(config_path, as_json=as_json)


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a file each.")
@click.option(
    "--html", type=click.Path(path_type=Path), help="Write one file's reading as a page to look at."
)
@config_option
def explain(config_path: Path, files: tuple[Path, ...], as_json: bool, html: Path | None) -> int:
    """Show how mails or workbooks are read, judged and would be answered; sends nothing."""
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


@cli.command()
@click.option("--json", "as_json", is_flag=True)
@config_option
def status(config_path: Path, as_json: bool) -> int:
    """Counts by state, the last completed poll, what waits on whom."""
    from mailflow.commands.look import status as run

    return run(config_path, as_json=as_json)


@cli.command()
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


@cli.command("list")
@click.argument("kind", type=LISTED)
@click.option("--state", help="Only those in this state.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@config_option
def list_(config_path: Path, kind: str, state: str | None, as_json: bool) -> int:
    """All mails, orders, cases, messages, settlements, batches that left, what is short, or budgets."""
    if kind == "budgets":
        from mailflow.commands.budgets import list_budgets

        return list_budgets(config_path, state, as_json=as_json)
    from mailflow.commands.look import listing as run

    return run(config_path, (kind, state), as_json=as_json)


@cli.command()
@click.option("--who", "who_may", is_flag=True, help="Who may do what by mail, and for whom.")
@click.option("--json", "as_json", is_flag=True, help="With --who: one JSON object a line.")
@config_option
@click.pass_context
def rules(context: click.Context, config_path: Path, *, who_may: bool, as_json: bool) -> int:
    """Every check, kind, notice and route with its code and one line."""
    if as_json and not who_may:
        raise click.UsageError("--json: goes with --who")
    if who_may:
        from mailflow.commands.who import who

        return who(as_json=as_json)
    from mailflow.commands.rules import rules as run

    named = context.get_parameter_source("config_path") is not ParameterSource.DEFAULT
    return run(config_path if named or config_path.exists() else None)


@cli.command("import")
@click.argument("kind", type=click.Choice(["products", "customers", "staff", "budgets"]))
@click.argument("file", type=click.Path(path_type=Path))
@config_option
def import_(config_path: Path, kind: str, file: Path) -> int:
    """Load a register, as a whole or not at all."""
    from mailflow.commands.master_data import import_ as run

    return run(config_path, kind, file)


@cli.command()
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@config_option
def export(config_path: Path, kind: str, file: Path) -> int:
    """Write orders, mails, cases, messages, settlements, batches or a register to FILE (.xlsx, .csv, .json)."""
    from mailflow.commands.master_data import export as run

    return run(config_path, kind, file)


for command in (*BY_HAND, report):
    cli.add_command(command)


RINGS_LOOKED_FOR = 300_000
"""New objects between two looks for rings of them: a mail makes thousands, all of which go by
themselves, and the interpreter's own choice costs a tenth of the time."""


def main() -> None:
    """Exit 0 on success, 1 when something was found or failed, 2 on wrong use."""
    gc.set_threshold(RINGS_LOOKED_FOR)
    try:
        code = cli.main(prog_name="mailflow", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        _complain(error)
        code = 2
    except click.exceptions.Abort:
        code = 130
    except BrokenPipeError:
        code = 0
    except OSError as error:
        # Whoever fills the disk has an output that cannot be written any more, too.
        _tell(f"{error.filename or 'output'}: {error.strerror}: free space or mend its rights")
        code = 1
    _let_go()
    sys.exit(code or 0)


def _tell(text: str) -> None:
    with suppress(OSError):
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _let_go() -> None:
    """What an output could not take is given up, so that the interpreter's end is silent."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(error: click.UsageError) -> None:
    """In one line; who names no command is shown them all."""
    if isinstance(error, NoArgsIsHelpError):
        error.show()
        return
    command = error.ctx.command_path if error.ctx else "mailflow"
    said = " ".join(error.format_message().split()).rstrip(".")
    _tell(f"{command}: {said}: see `{command} --help`")
