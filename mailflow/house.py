"""What a house is made of besides its doors: pages of letters, weights of checks."""

from __future__ import annotations

from pathlib import Path

from mailflow.config import Config
from mailflow.desk.consumers import Calling
from mailflow.desk.statistics_due import Schedule
from mailflow.domain.asking import Asking, Term
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.period import Grain
from mailflow.domain.register import Role
from mailflow.domain.shortfall import THOUSAND, UseStandard
from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.typeset_pages import Pages
from mailflow.rules.check import Weight, Weights


def pages_of(config: Config) -> Pages:
    folders = template_folders(config)
    redirected = config.mode == "redirect"
    desk = config.transport.sender
    return Pages(folders, config.zone, Catalogue(folders), desk=desk, redirected=redirected)


def template_folders(config: Config) -> tuple[Path, ...]:
    """The house's own templates first, then those that came with the program."""
    own = (config.path(config.templates),) if config.templates else ()
    return (*own, packaged("templates"))


def packaged(name: str) -> Path:
    """What travels in the wheel; beside the package in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


def asking_of(config: Config) -> Asking:
    asking = config.asking
    terms = {
        role: Term(getattr(asking, role.value).remind, getattr(asking, role.value).due)
        for role in (Asked.SALES_ADMIN, Asked.FINANCE, Asked.MARKETING_GM)
    }
    return Asking(terms, {who.casefold(): deputy for who, deputy in asking.deputies.items()})


def schedule_of(config: Config) -> Schedule:
    statistics = config.statistics
    return Schedule(
        grains=tuple(grain for grain in Grain if getattr(statistics, grain.value)),
        at=statistics.at,
        roles=tuple(Role(role) for role in statistics.to),
    )


def standard_of(config: Config) -> UseStandard | None:
    """None where nothing is taken off orders for sample tins that nobody used."""
    rate, own = config.samples.use_rate, config.samples.products
    if rate is None and not own:
        return None
    products = {sku.casefold(): int(share * THOUSAND) for sku, share in own.items()}
    return UseStandard(int((rate or 0) * THOUSAND), products)


def calling_of(config: Config) -> Calling:
    """Where every letter goes to one address, nobody there may know who consumers are."""
    return Calling(config.consumers.keep_days, config.language, masked=config.mode == "redirect")


def weights_of(config: Config) -> Weights:
    return {
        code: Weight(
            severity=Severity(change.severity) if change.severity else None,
            asked=Asked(change.asked) if change.asked else None,
            off=change.off,
        )
        for code, change in config.checks.items()
    }
