"""What a house is made of besides its doors: pages of letters, weights of checks."""

from __future__ import annotations

from pathlib import Path

from mailflow.config import Config, ConfigError
from mailflow.domain.finding import Asked, Severity
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.typeset_pages import Pages
from mailflow.rules.check import Weight, Weights, all_checks


def pages_of(config: Config) -> Pages:
    folders = template_folders(config)
    redirected = config.mode == "redirect"
    return Pages(folders, config.zone, Catalogue(folders), redirected=redirected)


def template_folders(config: Config) -> tuple[Path, ...]:
    """The house's own templates first, then those that came with the program."""
    own = (config.path(config.templates),) if config.templates else ()
    return (*own, packaged("templates"))


def packaged(name: str) -> Path:
    """What travels in the wheel; beside the package in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


def weights_of(config: Config) -> Weights:
    """Raises `ConfigError` for a check nobody knows."""
    known = {check.code for check in all_checks()}
    if strange := sorted(set(config.checks) - known):
        raise ConfigError(
            f"checks: {', '.join(strange)}: no such check: see `mailflow rules` for their names"
        )
    found: dict[str, Weight] = {}
    for code, change in config.checks.items():
        if change == "off":
            found[code] = Weight(off=True)
        else:
            found[code] = Weight(
                severity=Severity(change.severity) if change.severity else None,
                asked=Asked(change.asked) if change.asked else None,
            )
    return found
