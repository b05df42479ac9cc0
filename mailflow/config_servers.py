"""Where mailbox, carrier and database are, as configured."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    field_validator,
)

from mailflow.config_asking import BARE
from mailflow.config_secret import Secret, Strict
from mailflow.config_url import Endpoint, parse_endpoint

_ADDRESS = re.compile(rf"{BARE}|[^<>\r\n]*<{BARE}>")
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


class MailboxConfig(Strict):
    """`since`: an instant, `all`, or `first-start`: older mails are recorded as ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    url: Annotated[Endpoint, endpoint_of(MAILBOXES)]
    password: Secret | None = None
    folder: str = "INBOX"
    since: Annotated[datetime | Literal["all", "first-start"], BeforeValidator(_since)] = (
        "first-start"
    )
    ca_file: Path | None = None


class TransportConfig(Strict):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    url: Annotated[Endpoint, endpoint_of(CARRIERS)]
    password: Secret | None = None
    sender: Annotated[str, BeforeValidator(written_address)]
    sent_folder: str | None = None
    """A folder of the mailbox in which whatever is sent arrives by itself, such as `Sent`: where
    a message in doubt is looked for before it is sent again."""
    ca_file: Path | None = None


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
