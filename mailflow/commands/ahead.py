"""The reading process starts first: it imports what it needs while the command imports the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mailflow.commands.saying import Failed, complain, load_config
from mailflow.config import Config
from mailflow.parsers.sandbox import Sandbox, SandboxUnavailable
from mailflow.reading import sandbox_of


@dataclass(frozen=True, slots=True)
class Begun:
    """Whoever takes it closes the sandbox."""

    config: Config
    sandbox: Sandbox


def begin(config_path: Path) -> Begun | int:
    """The exit code where there is nothing to go on with; why has been said."""
    try:
        config = load_config(config_path)
        sandbox = sandbox_of(config)
        sandbox.start()
    except Failed as failed:
        return failed.code
    except SandboxUnavailable as trouble:
        complain(f"{trouble}: see whether the machine has memory and processes left")
        return 1
    return Begun(config, sandbox)
