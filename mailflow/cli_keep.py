"""The commands by which what is kept is looked after: checked, copied, put back."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli_options import config_option


@click.command()
@click.option(
    "--seal",
    "seals",
    multiple=True,
    help="What a digest told (1234-3f2a…): whether the history still has it. As often as wanted.",
)
@click.option("--json", "as_json", is_flag=True)
@config_option
def verify(config_path: Path, seals: tuple[str, ...], as_json: bool) -> int:
    """Whether history, mails, messages and balances are what they were; nothing is changed."""
    from mailflow.domain.history_chain import seal_told

    told = tuple(map(seal_told, seals))
    if None in told:
        raise click.UsageError(
            f"--seal: {seals[told.index(None)]}: give it as the digest tells it, 1234-3f2a…"
        )
    from mailflow.commands.verify import verify as run

    return run(config_path, tuple(filter(None, told)), as_json=as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@config_option
def backup(config_path: Path, folder: Path) -> int:
    """Copy database and mails into FOLDER, while the daemon works, and look whether the copy is whole."""
    from mailflow.commands.backup import backup as run

    return run(config_path, folder)


@click.command()
@click.argument("copy", type=click.Path(path_type=Path))
@config_option
def restore(config_path: Path, copy: Path) -> int:
    """Put a backup back where no database is; nothing is sent until a person says so."""
    from mailflow.commands.backup import restore as run
    from mailflow.store.upgrade import upgrade

    return run(config_path, copy, upgrade)


@click.command()
@config_option
def authorise(config_path: Path) -> int:
    """Have the owner of a Microsoft 365 mailbox say yes, once: then mailflow logs in by tokens (OAuth2)."""
    from mailflow.commands.authorise import authorise as run

    return run(config_path)


TO_KEEP = (verify, backup, restore, authorise)
