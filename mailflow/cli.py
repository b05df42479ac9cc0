"""The commands. Nothing heavy is imported before it is known which one is wanted."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from click.exceptions import NoArgsIsHelpError

from mailflow import __version__
from mailflow.cli_hand import BY_HAND
from mailflow.cli_keep import TO_KEEP
from mailflow.cli_look import TO_LOOK
from mailflow.cli_options import config_option
from mailflow.cli_report import report

if TYPE_CHECKING:
    from collections.abc import Callable

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
@click.option(
    "--mail", "by_mail", is_flag=True, help="Send a mail to ourselves too, and look at it."
)
@config_option
def doctor(config_path: Path, by_mail: bool) -> int:
    """Check everything mailflow needs; a line each, with the mend."""
    from mailflow.commands.doctor import doctor as run

    return run(config_path, by_mail=by_mail)


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
@click.argument("kind", type=click.Choice(["products", "customers", "staff", "budgets", "prices"]))
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
    """Write orders, mails, cases, messages, settlements, batches, consumers or a register to FILE (.xlsx, .csv, .json)."""
    from mailflow.commands.master_data import export as run

    return run(config_path, kind, file)


for command in (*TO_LOOK, *BY_HAND, *TO_KEEP, report):
    cli.add_command(command)


RINGS_LOOKED_FOR = 300_000
"""New objects between two looks for rings of them: a mail makes thousands, all of which go by
themselves, and the interpreter's own choice costs a tenth of the time."""


def main() -> None:
    """Exit 0 on success, 1 when something was found or failed, 2 on wrong use."""
    gc.set_threshold(RINGS_LOOKED_FOR)
    # Else pydantic looks through all packages that are installed for one that looks over its shoulder.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
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
    # The interpreter's end would look through all there is for rings, a third of a second of `explain`.
    gc.freeze()
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
