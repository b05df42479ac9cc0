"""What a house is made of besides its doors: sandbox, letters, weights of checks."""

from __future__ import annotations

from pathlib import Path

from mailflow.config import Config, ConfigError
from mailflow.domain.finding import Asked, Severity
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.enclosures import CHECKED_LIST, Enclosures, Workshops
from mailflow.outbox.typeset import LetterSetter, Stationery
from mailflow.parsers.sandbox import Limits, Sandbox
from mailflow.rules.check import Weight, Weights, all_checks

MEGABYTE = 1024 * 1024


def sandbox_of(config: Config) -> Sandbox:
    limits = config.limits
    return Sandbox(
        Limits(
            memory_bytes=limits.parser_megabytes * MEGABYTE,
            cpu_seconds=max(1, limits.parser_seconds * 2 // 3),
            wall_seconds=limits.parser_seconds,
        )
    )


def workshops_of(config: Config) -> Workshops:
    """The children are started by their first call."""
    return Workshops(sandbox_of(config), Sandbox(warm=(CHECKED_LIST.module,)))


def setter_of(config: Config, workshops: Workshops) -> LetterSetter:
    folders = template_folders(config)
    stationery = Stationery(
        sender=config.transport.sender,
        instance=config.instance,
        zone=config.zone,
        folders=folders,
        shadow=config.mode == "shadow",
        redirect_to=config.redirect_to if config.mode == "redirect" else None,
    )
    return LetterSetter(stationery, Enclosures(Catalogue(folders), workshops, config.language))


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
