"""The commands by which a person decides, settles or corrects something; each asks why."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli_options import config_option, reason_option

KINDS = click.Choice(
    [
        "mail",
        "order",
        "case",
        "message",
        "inventory",
        "announcement",
        "shortfall",
        "outbox",
        "consumers",
    ]
)


@click.command()
@click.argument("mail_id")
@reason_option
@config_option
def redo(config_path: Path, mail_id: str, reason: str) -> int:
    """Read and judge a mail anew on the next pass."""
    from mailflow.commands.acts import act as run

    return run(config_path, ("redo", "mail", mail_id), reason)


def _act_command(verb: str, summary: str) -> click.Command:
    @click.command(verb, help=summary)
    @click.argument("kind", type=KINDS)
    @click.argument("subject_id", metavar="ID")
    @reason_option
    @config_option
    def act(config_path: Path, kind: str, subject_id: str, reason: str) -> int:
        from mailflow.commands.acts import act as run

        return run(config_path, (verb, kind, subject_id), reason)

    return act


hold = _act_command("hold", "Let a mail, an order, a message, or what a case is about, wait.")
release = _act_command(
    "release", "Let a mail, an order, a message, or what a case is about, go its way."
)
close = _act_command(
    "close", "Settle a mail, an order, a message, or what a case is about; no goods move."
)


@click.command()
@click.argument("sender", metavar="ADDRESS")
@click.option("--column", metavar="HEADER", help="The words over a column of his tables …")
@click.option(
    "--means", type=click.Choice(["cases", "tins", "ignored"]), help="… and what it counts."
)
@click.option("--word", help="A word of his for a product or a distributor …")
@click.option("--product", metavar="SKU", help="… and the product he means.")
@click.option("--distributor", metavar="CODE", help="… or the distributor.")
@click.option("--mail", metavar="MAIL-ID", help="The mail with the column; else his newest.")
@click.option("--by", metavar="NAME", help="Who settles it; else the name you are logged in by.")
@reason_option
@config_option
def teach(config_path: Path, sender: str, reason: str, **options: str | None) -> int:
    """Settle once what a sender means by a column or a word of his sheets."""
    given = {name: text for name, text in options.items() if text}
    if set(given) - {"mail", "by"} not in LESSONS:
        raise click.UsageError(
            "write --column HEADER --means …, or --word TEXT with --product SKU or --distributor CODE"
        )
    from mailflow.commands.teach import Lesson
    from mailflow.commands.teach import teach as run

    return run(config_path, Lesson(sender, reason, **given))


LESSONS = ({"column", "means"}, {"word", "product"}, {"word", "distributor"})


@click.command()
@click.argument("settlement", metavar="SETTLEMENT")
@reason_option
@config_option
def forget(config_path: Path, settlement: str, reason: str) -> int:
    """Take back what was settled of a sender's sheets; it is asked again."""
    from mailflow.commands.teach import forget as run

    return run(config_path, settlement, reason)


BY_HAND = (redo, hold, release, close, teach, forget)
