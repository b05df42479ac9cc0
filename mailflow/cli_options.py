"""What several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable


def config_option(command: Callable[..., Any], **more: Any) -> Callable[..., Any]:
    options = {
        "type": click.Path(path_type=Path),
        "default": Path("config.yaml"),
        "show_default": True,
        "help": "The configuration file.",
        **more,
    }
    return click.option("--config", "config_path", **options)(command)


def reason_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", required=True, help="Why; kept in the history.")(command)
