"""Where mailbox, carrier and database are, as configured."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
)

from mailflow.config_asking import BARE
from mailflow.config_secret import Secret, Strict
from mailflow.config_url import Endpoint, parse_endpoint
from mailflow.domain.pace import DAY, HOUR, MINUTE, Rate
from mailflow.domain.pattern import pattern
from mailflow.domain.provider import BY_USE, Provider
from mailflow.providers import provider_at, providers

_ADDRESS = pattern(rf"{BARE}|[^<>\r\n]*<{BARE}>")
CARRIERS = ("smtps", "smtp+starttls", "smtp", "maildir")
MAILBOXES = ("imaps", "imap", "maildir")


def endpoint_of(schemes: tuple[str, ...]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse_endpoint(value, schemes))


def _since(value: object) -> object:
    instant = value
    if isinstance(value, str) and value not in ("all", "first-start"):
        with suppress(ValueError):
            instant = datetime.fromisoformat(value)
    if isinstance(instant, datetime) and instant.tzinfo is not None:
        return instant
    if instant in ("all", "first-start"):
        return instant
    raise ValueError(
        "write first-start, all, or an instant with its zone, such as 2026-11-01T00:00:00+08:00"
    )


def written_address(value: object) -> object:
    """`orders@example.com`, or with a name before it: `"Orders <orders@example.com>"`."""
    if value is None or _ADDRESS.fullmatch(str(value).strip()):
        return value
    raise ValueError('write an address, such as "Orders <orders@example.com>"')


def _known_provider(value: object) -> object:
    if value is None or value in providers():
        return value
    raise ValueError(f"no such provider: write one of {', '.join(providers())}, or leave it out")


ProviderCode = Annotated[str | None, BeforeValidator(_known_provider)]


class SendingLimits(Strict):
    """What may be sent, in place of what is known of the provider; `none`: no limit."""

    per_minute: int | Literal["none"] | None = Field(default=None, ge=1)
    per_hour: int | Literal["none"] | None = Field(default=None, ge=1)
    per_day: int | Literal["none"] | None = Field(default=None, ge=1)

    def instead_of(self, known: Sequence[Rate]) -> tuple[Rate, ...]:
        most: dict[timedelta, int | str] = {rate.within: rate.most for rate in known}
        own = ((self.per_minute, MINUTE), (self.per_hour, HOUR), (self.per_day, DAY))
        most |= {within: figure for figure, within in own if figure is not None}
        return tuple(Rate(n, within) for within, n in sorted(most.items()) if isinstance(n, int))


class MailboxConfig(Strict):
    """`since`: an instant, `all`, or `first-start`: older mails are recorded as ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    url: Annotated[Endpoint, endpoint_of(MAILBOXES)]
    password: Secret | None = None
    login: Literal["password", "oauth2"] = "password"
    provider: ProviderCode = None
    """By itself the one whose host it is."""
    folder: str = "INBOX"
    since: Annotated[datetime | Literal["all", "first-start"], BeforeValidator(_since)] = (
        "first-start"
    )
    ca_file: Path | None = None

    @property
    def known(self) -> Provider:
        return _provider_of(self.provider, self.url)


class TransportConfig(Strict):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    url: Annotated[Endpoint, endpoint_of(CARRIERS)]
    password: Secret | None = None
    login: Literal["password", "oauth2"] = "password"
    sender: Annotated[str, BeforeValidator(written_address)]
    provider: ProviderCode = None
    """By itself the one whose host it is."""
    limits: SendingLimits = SendingLimits()
    sent_folder: str | None = None
    """A folder of the mailbox in which whatever is sent arrives by itself, such as `Sent`: where
    a message in doubt is looked for before it is sent again. By itself that of a provider which
    is known to keep what is sent."""
    ca_file: Path | None = None

    @property
    def known(self) -> Provider:
        return _provider_of(self.provider, self.url)

    @property
    def rates(self) -> tuple[Rate, ...]:
        return self.limits.instead_of(self.known.rates)


def _provider_of(named: str | None, url: Endpoint) -> Provider:
    return providers()[named] if named else provider_at(url.host, url.user)


def sent_folder_of(mailbox: MailboxConfig, transport: TransportConfig) -> str | None:
    """Where what was sent is looked for; None where nothing is known to keep it."""
    if transport.sent_folder is not None:
        return transport.sent_folder
    same = mailbox.known == transport.known and mailbox.url.user == transport.url.user
    return BY_USE if same and transport.known.keeps_sent else None


class DatabaseConfig(Strict):
    url: str = "sqlite:///mailflow.db"

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME")
        return value


def since_instant(config: MailboxConfig, first_start: datetime) -> datetime:
    """The instant before which mails are left alone."""
    if config.since == "all":
        return datetime.min.replace(tzinfo=UTC)
    return first_start if config.since == "first-start" else config.since
