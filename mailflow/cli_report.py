"""The command for statistics."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli_options import config_option
from mailflow.domain.period import Grain, NoPeriod, period_in


@click.command()
@click.argument("grain", metavar="month|quarter|year", type=click.Choice([g.value for g in Grain]))
@click.argument("text", metavar="PERIOD")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--output", type=click.Path(path_type=Path), help="Write a workbook with charts.")
@config_option
def report(config_path: Path, grain: str, text: str, as_json: bool, output: Path | None) -> int:
    """The statistics of a period, now: 2026-11, 2026-Q4 or 2026."""
    try:
        period = period_in(text)
    except NoPeriod as error:
        raise click.UsageError(f"{text}: {error}") from error
    if period.grain.value != grain:
        raise click.UsageError(f"{text}: is a {period.grain}, not a {grain}")
    if output is not None and output.suffix.casefold() != ".xlsx":
        raise click.UsageError(f"--output: {output}: name a file that ends in .xlsx")
    from mailflow.commands.statistics import report as run

    if output is None:
        return run(config_path, period, to_json=as_json, output=None, written=None)
    from mailflow.commands.statistics_book import write_book

    return run(config_path, period, to_json=as_json, output=output, written=write_book)
