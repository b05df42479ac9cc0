"""`mailflow explain`: how a file is read, judged and would be answered; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from mailflow.commands.ahead import Begun, Opened, opened
from mailflow.commands.explain_known import read_again, with_mailed
from mailflow.commands.explainer import Explained, Explainer, Told
from mailflow.commands.saying import Failed, complain, troubles_said
from mailflow.config_requests import kinds_of
from mailflow.desk.house import House
from mailflow.domain.attached import RefusedBecause
from mailflow.domain.naming import Lexicon
from mailflow.domain.value import dataclass
from mailflow.domain.workdays import Workdays, plain_year
from mailflow.house import pages_of, standard_of, weights_of
from mailflow.outbox.mime_headers import bare_address
from mailflow.outbox.typeset_pages import CannotTypeset, Pages
from mailflow.parsers.sandbox import (
    ChildError,
    ReadingFailed,
    SandboxUnavailable,
)
from mailflow.proving import keys_of
from mailflow.store.balances import read_balances
from mailflow.store.samples import read_shortfalls
from mailflow.store.settlements import read_settlements


class Teller(Protocol):
    """How what was explained is told. Raises `Failed` where that is not possible."""

    def tell(self, explained: Explained) -> None: ...

    def fail(self, file: Opened, why: Failure) -> None:
        """Beside the line on standard error."""


def explain(
    begun: Begun,
    files: tuple[Path, ...],
    teller_of: Callable[[Begun, Pages], Teller],
    told: Told,
) -> int:
    """Each file in its order; 1 when one of them could not be read."""
    try:
        with begun.sandbox, troubles_said():
            named = with_mailed(begun)
            explainer = explainer_of(named, told)
            begun = read_again(begun, named, explainer.settlements)
            teller = teller_of(begun, pages_of(begun.config))
            code, file = 0, begun.first
            for path in files[1:]:
                # The child reads the next file while this one is judged.
                following = opened(begun.sandbox, path)
                code = max(code, _explained(explainer, file, teller))
                file = following
            return max(code, _explained(explainer, file, teller))
    except Failed as failed:
        return failed.code


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that cannot be told of. `reason` where reading it failed, and it was no mail."""

    text: str
    reason: RefusedBecause | None = None


def _explained(explainer: Explainer, file: Opened, teller: Teller) -> int:
    outcome = STORED if _is_stored(explainer, file) else _one(explainer, file)
    if isinstance(outcome, Failure):
        complain(f"{file.path}: {outcome.text}")
        teller.fail(file, outcome)
        return 1
    try:
        teller.tell(outcome)
    except CannotTypeset as error:
        complain(f"{file.path}: {error}")
        return 1
    return 0


def _is_stored(explainer: Explainer, file: Opened) -> bool:
    """Whether it is a mail of the daemon's own store, and no file that its owner shows."""
    config = explainer.config
    return file.path.resolve().is_relative_to(config.path(config.spool).resolve())


STORED = Failure(
    "a mail of the spool, in which consumers may stand: `mailflow list mails` has its number, "
    "`mailflow show mail` what was found in it"
)


def _one(explainer: Explainer, file: Opened) -> Explained | Failure:
    if file.trouble:
        return Failure(file.trouble)
    aside = "the daemon would set it aside for a person"
    try:
        return explainer.explain(file)
    except ReadingFailed as error:
        reason = None if file.is_mail else REFUSED.get(error.reason, RefusedBecause.CORRUPT)
        return Failure(f"could not be read ({error}): {aside}", reason)
    except ChildError as error:
        return Failure(f"could not be read ({error}): {aside}")
    except SandboxUnavailable as error:
        return Failure(str(error))


REFUSED = {
    "memory": RefusedBecause.TOO_LARGE,
    "timeout": RefusedBecause.TOO_LARGE,
    "output-too-large": RefusedBecause.TOO_LARGE,
}


def explainer_of(begun: Begun, told: Told) -> Explainer:
    config, register = begun.config, begun.register
    workdays = Workdays(plain_year, config.zone)
    house = House(
        Lexicon(register),
        weights_of(config),
        config.language,
        config.zone,
        workdays,
        announces_at_once=config.announcements.at_once,
        desk=bare_address(config.transport.sender),
        standard=standard_of(config),
        given_with=config.samples.by_product,
        requests=kinds_of(config.requests),
    )
    settlements = read_settlements(config.database_url)
    balances, used = read_balances(config.database_url)
    return Explainer(
        *(config, begun.sandbox, register, house, balances, used, told),
        *(settlements, keys_of(config), read_shortfalls(config.database_url)),
    )
