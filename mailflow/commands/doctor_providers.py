"""`doctor` on providers: which one it is, what that means for a person, and what may be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from mailflow.commands.examination import Line
from mailflow.config import Config
from mailflow.domain.certificate import Certificate
from mailflow.domain.provider import UNKNOWN, Provider
from mailflow.doors import pace_of
from mailflow.outbox.pace import queue_of, said
from mailflow.ports import Shelf
from mailflow.providers import recognised

SECRETS = {
    "password": "the password",
    "code": "an authorisation code in place of the password",
    "oauth2": "OAuth2",
}


def provider_of_mailbox(config: Config, told: Sequence[str]) -> Iterator[Line]:
    """By its host, or else by what the server says of itself."""
    known = config.mailbox.known
    if known is UNKNOWN:
        yield from _guessed(recognised(told))
        return
    yield Line(True, _described(known, config.mailbox.provider))
    if known.needs_id and "ID" not in told:
        yield Line(None, f"{known.name} wants a program to name itself (ID), and offers no way to")
    yield from (Line(None, note) for note in known.notes)


def _guessed(found: Provider) -> Iterator[Line]:
    if found is UNKNOWN:
        yield Line(None, "its provider is not known: what it offers is used, what it says heeded")
    else:
        yield Line(
            None,
            f"looks like {found.name}: if it is, set mailbox.provider and transport.provider to "
            f"{found.code}",
        )


def _described(known: Provider, named: str | None) -> str:
    how = "by mailbox.provider" if named else "by its host"
    where = f" ({known.secret_from})" if known.secret_from else ""
    return f"{known.name}, {how}: login {known.login}, with {SECRETS[known.secret]}{where}"


def provider_of_transport(config: Config) -> Iterator[Line]:
    known, rates = config.transport.known, config.transport.rates
    if not rates:
        text = "no limit is known: sending goes slower once the server says that it is too much"
        yield Line(None, f"{text}; set transport.limits where there is one")
        return
    own = rates != known.rates
    basis = "by transport.limits" if own else "as published" if known.published else CAUTIOUS
    figures = ", ".join(said(rate) for rate in rates)
    yield Line(True, f"{known.name}: at most {figures} messages leave ({basis}); the rest waits")


CAUTIOUS = "a cautious figure, none is published: set transport.limits where you know better"


def queue(shelf: Shelf, config: Config, now: datetime) -> Iterator[Line]:
    if waits := queue_of(shelf, pace_of(config), now):
        yield Line(None, str(waits))


def certificate_ends(certificate: Certificate | None, now: datetime) -> Iterator[Line]:
    """Told some weeks before (reliability T07)."""
    if certificate is not None and certificate.is_ending(now):
        days, day = (certificate.ends - now).days, certificate.ends.date().isoformat()
        yield Line(
            None,
            f"{certificate.server}: its certificate ends on {day}, in {days} days: renew it, or ask "
            "the provider; from then on nothing is fetched or sent by it",
        )
