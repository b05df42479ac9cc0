"""One typed configuration; every complaint at once, with its key and its line.

The keys are fixed by the project's contract; unknown ones are errors, literal secrets refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from mailflow.config_url import Endpoint, parse_endpoint

CARRIERS = ("smtps", "smtp+starttls", "smtp", "maildir")
MAILBOXES = ("imaps", "imap", "maildir")


class ConfigError(Exception):
    """The configuration cannot be used; one complaint a line, each with the key and the line."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Secret(Strict):
    """Where a secret is kept; never the secret itself."""

    env: str | None = None
    file: Path | None = None
    credential: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_literal(cls, value: object) -> object:
        if isinstance(value, str | int | float):
            raise ValueError(
                "a secret may not stand here in clear: write {env: NAME}, {file: PATH} "
                "or {credential: NAME}"
            )
        return value

    @model_validator(mode="after")
    def _exactly_one(self) -> Secret:
        if sum(x is not None for x in (self.env, self.file, self.credential)) != 1:
            raise ValueError("name exactly one of env, file, credential")
        return self

    def reveal(self, base: Path) -> str:
        """The secret; raises `ConfigError` where it is not there."""
        if self.env is not None:
            if (value := os.environ.get(self.env)) is None:
                raise ConfigError(f"environment variable {self.env} is not set: set it and retry")
            return value
        if self.file is not None:
            path = base / self.file
        else:
            path = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/")) / str(self.credential)
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                f"secret {path}: {error.strerror}: create it or mend the path"
            ) from error


def _endpoint(schemes: tuple[str, ...]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse_endpoint(value, schemes))


class MailboxConfig(Strict):
    """`since`: an instant, `all`, or `first-start`: older mails are recorded as ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    url: Annotated[Endpoint, _endpoint(MAILBOXES)]
    password: Secret | None = None
    folder: str = "INBOX"
    since: datetime | Literal["all", "first-start"] = "first-start"
    ca_file: Path | None = None

    @field_validator("since")
    @classmethod
    def _aware(cls, value: datetime | str) -> datetime | str:
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError("give the instant with its zone, such as 2026-11-01T00:00:00+08:00")
        return value


class TransportConfig(Strict):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    url: Annotated[Endpoint, _endpoint(CARRIERS)]
    password: Secret | None = None
    sender: str
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


class MasterConfig(Strict):
    products: Path
    customers: Path
    staff: Path


class DigestConfig(Strict):
    at: time = time(17, 30)

    @field_validator("at", mode="before")
    @classmethod
    def _clock_time(cls, value: object) -> object:
        # YAML 1.1 reads an unquoted 17:30 as the number 1050 (base 60).
        if isinstance(value, int):
            return time(value // 60 % 24, value % 60)
        return value


class CheckConfig(Strict):
    """A check made softer or harder than it is by itself."""

    severity: Literal["error", "warning", "info"] | None = None
    asked: Literal["nobody", "sender", "sales_admin", "finance", "marketing_gm"] | None = None


class LimitsConfig(Strict):
    mail_megabytes: int = Field(default=30, ge=1, le=200)
    parser_megabytes: int = Field(default=512, ge=128, le=4096)
    parser_seconds: int = Field(default=30, ge=1, le=600)


class Config(Strict):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    timezone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    mailbox: MailboxConfig
    transport: TransportConfig
    database: DatabaseConfig = DatabaseConfig()
    spool: Path = Path("spool")
    master: MasterConfig
    trust: Literal["verified", "from"] = "verified"
    digest: DigestConfig = DigestConfig()
    mode: Literal["live", "shadow", "redirect"] = "live"
    redirect_to: str | None = None
    poll_seconds: int = Field(default=60, ge=1, le=60)
    instance: str = "mailflow"
    templates: Path | None = None
    checks: Mapping[str, CheckConfig | Literal["off"]] = {}
    limits: LimitsConfig = LimitsConfig()
    base: Path = Path()

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"{value!r} is no time zone: write one such as Asia/Shanghai"
            ) from error
        return value

    @field_validator("checks", mode="before")
    @classmethod
    def _off_is_a_word(cls, value: object) -> object:
        # YAML 1.1 reads a bare `off` as false.
        if isinstance(value, dict):
            return {k: "off" if v is False else v for k, v in value.items()}
        return value

    @model_validator(mode="after")
    def _redirect_has_an_address(self) -> Config:
        if self.mode == "redirect" and not self.redirect_to:
            raise ValueError("mode redirect needs redirect_to: an address for all messages")
        return self

    @model_validator(mode="after")
    def _sent_folder_can_be_looked_into(self) -> Config:
        if self.transport.sent_folder is None:
            return self
        if self.mailbox.url.path is not None or self.transport.url.path is not None:
            raise ValueError(
                "transport.sent_folder is a folder of an IMAP mailbox that SMTP sends fill: "
                "remove it, or let mailbox.url begin with imaps:// and transport.url with smtp"
            )
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def path(self, relative: Path | str) -> Path:
        """A path of the configuration, relative to the file it stands in."""
        return self.base / relative

    @property
    def database_url(self) -> str:
        """The database's address with a relative SQLite path made absolute."""
        head, _, file = self.database.url.partition("sqlite:///")
        return self.database.url if head or not file else f"sqlite:///{self.path(file)}"


def load(path: Path) -> Config:
    """Read and check a whole configuration file; raises `ConfigError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror}: name the file with --config, or make one with "
            "`mailflow init DIR`"
        ) from error
    try:
        node, values = _parsed(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(values, dict) or node is None:
        raise ConfigError(f"{path}: holds no keys: see the file made by `mailflow init DIR`")
    if "base" in values:
        raise ConfigError(f"{path}: base: unknown key")
    try:
        return Config.model_validate({**values, "base": path.resolve().parent})
    except ValidationError as error:
        lines = [_complaint(path, node, problem) for problem in error.errors()]
        raise ConfigError("\n".join(dict.fromkeys(lines))) from error


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """The values, and the nodes that know where each of them stands."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _complaint(path: Path, node: yaml.Node, problem: Any) -> str:
    keys = [
        str(k) for k in problem["loc"] if not str(k).startswith(("function", "literal", "date"))
    ]
    keys = [k for k in keys if k not in ("CheckConfig", "str")]
    line = _line_of(node, keys)
    text = str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        text = "unknown key: mend its spelling or remove it"
    elif problem["type"] == "missing":
        text = "missing: add it"
    return f"{path}:{line}: {'.'.join(keys) or 'file'}: {text}"


def _line_of(node: yaml.Node, keys: list[str]) -> int:
    """The line of the deepest of `keys` that stands in the file."""
    line = node.start_mark.line + 1
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            break
        for name, value in node.value:
            if name.value == key:
                line, node = name.start_mark.line + 1, value
                break
        else:
            break
    return line


def since_instant(config: MailboxConfig, first_start: datetime) -> datetime:
    """The instant before which mails are left alone."""
    if config.since == "all":
        return datetime.min.replace(tzinfo=UTC)
    return first_start if config.since == "first-start" else config.since
