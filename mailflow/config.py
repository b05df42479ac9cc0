"""One typed configuration; every complaint at once, with its key and its line.

The keys are fixed by the project's contract; unknown ones are errors, literal secrets refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from mailflow.config_asking import (
    AnnouncementsConfig,
    AskingConfig,
    RegistersConfig,
    ShortagesConfig,
)
from mailflow.config_consumers import ConsumersConfig
from mailflow.config_documents import DocumentsConfig
from mailflow.config_file import ConfigError as ConfigError
from mailflow.config_file import ConfigFile, explained, read_file
from mailflow.config_health import HealthConfig
from mailflow.config_month import MonthConfig, PaymentsConfig, StatementsConfig
from mailflow.config_oauth import OAuthConfig
from mailflow.config_proof import AuthenticationConfig
from mailflow.config_requests import Requests
from mailflow.config_retention import RetentionConfig
from mailflow.config_samples import SamplesConfig
from mailflow.config_secret import Strict
from mailflow.config_servers import DatabaseConfig, MailboxConfig, TransportConfig, written_address
from mailflow.config_statistics import StatisticsConfig
from mailflow.config_times import ClockTime
from mailflow.domain.facts import CUT_OFF_DAY
from mailflow.domain.master import MasterKind
from mailflow.rules import checks as known_checks

OURS = frozenset({"base"})
"""Fields that are no keys of the file."""


class MasterConfig(Strict):
    products: Path
    customers: Path
    staff: Path
    budgets: Path | None = None
    """Regions' budgets of expense goods; without, none is held for want of one."""
    prices: Path | None = None
    """Prices with the day they hold from; without, those of the products and of mailed lists hold."""

    def paths(self) -> Iterator[tuple[MasterKind, Path]]:
        """Of the registers that the house has."""
        for kind in MasterKind:
            if path := getattr(self, kind.value, None):
                yield kind, path


class DigestConfig(Strict):
    at: ClockTime = time(17, 30)


class CheckConfig(Strict):
    """A check made softer or harder than it is by itself."""

    severity: Literal["error", "warning", "info"] | None = None
    asked: Literal["nobody", "sender", "sales_admin", "finance", "marketing_gm"] | None = None
    off: bool = False

    @model_validator(mode="before")
    @classmethod
    def _off_is_a_word(cls, value: object) -> object:
        # YAML 1.1 reads a bare `off` as false.
        if value in ("off", False):
            return {"off": True}
        if not isinstance(value, dict):
            raise ValueError("write off, or {severity: …, asked: …}")
        return value


class LimitsConfig(Strict):
    mail_megabytes: int = Field(default=30, ge=1, le=200)
    free_megabytes: int = Field(default=64, ge=1)
    """What stays free on the spool's disk: mails wait on the server rather than use it up."""
    day_megabytes: int | None = Field(default=None, ge=1)
    """Mails fetched within 24 hours; the rest waits on the server (Gmail allows 2500)."""
    parser_megabytes: int = Field(default=512, ge=128, le=4096)
    parser_seconds: int = Field(default=30, ge=1, le=600)


class Config(Strict):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    timezone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    mailbox: MailboxConfig
    transport: TransportConfig
    database: DatabaseConfig = DatabaseConfig()
    spool: Path = Path("spool")
    master: MasterConfig
    trust: Literal["verified", "from"] = "verified"
    authentication: AuthenticationConfig = AuthenticationConfig()
    digest: DigestConfig = DigestConfig()
    statistics: StatisticsConfig = StatisticsConfig()
    samples: SamplesConfig = SamplesConfig()
    asking: AskingConfig = AskingConfig()
    cut_off: int = Field(default=CUT_OFF_DAY, ge=1, le=31)
    """The last day whose orders count to its month; 31: all of them do."""
    month: MonthConfig | None = None
    """Nobody is reminded of inventory reports where it is not written."""
    payments: PaymentsConfig | None = None
    """Nobody is reminded of what is owed where it is not written."""
    statements: StatementsConfig | None = None
    """None go out by themselves where it is not written."""
    shortages: ShortagesConfig = ShortagesConfig()
    registers: RegistersConfig = RegistersConfig()
    documents: DocumentsConfig | None = None
    """There is no library where it is not written."""
    announcements: AnnouncementsConfig = AnnouncementsConfig()
    requests: Requests = Field(default_factory=dict)
    """Kinds of requests that go through people; without any, a person reads them all."""
    consumers: ConsumersConfig = ConsumersConfig()
    keep: RetentionConfig = RetentionConfig()
    """Mails and letters are kept for ever where nothing is written."""
    health: HealthConfig = HealthConfig()
    oauth2: OAuthConfig | None = None
    """Where tokens come from, in a house whose provider takes no passwords."""
    redirect_to: Annotated[str | None, BeforeValidator(written_address)] = None
    mode: Literal["live", "shadow", "redirect"] = "live"
    poll_seconds: int = Field(default=60, ge=1, le=60)
    instance: str = "mailflow"
    templates: Path | None = None
    checks: Mapping[str, CheckConfig] = {}
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

    @field_validator("checks")
    @classmethod
    def _checks_are_known(cls, value: Mapping[str, CheckConfig]) -> Mapping[str, CheckConfig]:
        if strange := sorted(set(value) - set(known_checks.codes())):
            raise ValueError(
                f"{', '.join(strange)}: no such check: see `mailflow rules` for their codes"
            )
        return value

    @field_validator("mode")
    @classmethod
    def _redirect_has_an_address(cls, value: str, info: ValidationInfo) -> str:
        if value == "redirect" and info.data.get("redirect_to", "") is None:
            raise ValueError("redirect needs redirect_to: add an address for all messages")
        return value

    @model_validator(mode="after")
    def _tokens_have_a_source(self) -> Config:
        for name, server in (("mailbox", self.mailbox), ("transport", self.transport)):
            if server.login == "oauth2" and (self.oauth2 is None or server.password):
                raise ValueError(
                    f"{name}.login: oauth2 needs the key oauth2, and no {name}.password beside it"
                )
        return self

    @field_validator("transport")
    @classmethod
    def _sent_folder_can_be_looked_into(
        cls, value: TransportConfig, info: ValidationInfo
    ) -> TransportConfig:
        mailbox = info.data.get("mailbox")
        in_files = value.url.path is not None or (mailbox and mailbox.url.path is not None)
        if value.sent_folder is not None and in_files:
            raise ValueError(
                "sent_folder is a folder of an IMAP mailbox that SMTP fills: remove it, or let "
                "mailbox.url begin with imaps:// and transport.url with smtp"
            )
        return value

    def secrets_missing(self) -> Iterator[str]:
        """What a run would miss, with the key it stands under."""
        for name, place in (("mailbox", self.mailbox), ("transport", self.transport)):
            try:
                _ = place.password.reveal(self.base) if place.password else ""
            except ConfigError as error:
                yield f"{name}.password: {error}"
        for key, secret in self.oauth2.secrets().items() if self.oauth2 else ():
            try:
                _ = secret.reveal(self.base)
            except ConfigError as error:
                yield f"{key}: {error}"
        if self.health.alarm is not None:
            try:
                self.health.alarm.url(self.base)
            except ConfigError as error:
                yield f"health.alarm.webhook: {error}"

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
    file = read_file(path)
    complaints = list(file.repeated())
    values = {key: value for key, value in file.values.items() if key not in OURS}
    complaints += [
        file.complaint((key,), "unknown key: remove it") for key in OURS & file.values.keys()
    ]
    config = None
    try:
        config = Config.model_validate({**values, "base": path.resolve().parent})
    except ValidationError as error:
        complaints += [_complaint(file, problem) for problem in error.errors()]
    if config is None or complaints:
        raise ConfigError("\n".join(dict.fromkeys(complaints)))
    return config


def _complaint(file: ConfigFile, problem: Any) -> str:
    keys = [str(key) for key in problem["loc"]]
    return file.complaint(keys, explained(problem, _known_keys(keys[:-1])))


def _known_keys(above: list[str]) -> list[str]:
    model: Any = Config
    for key in above:
        if field := getattr(model, "model_fields", {}).get(key):
            model = field.annotation
        elif get_origin(model) is Mapping:
            model = get_args(model)[1]  # a key that the house names itself
    fields = getattr(model, "model_fields", {})
    return [field.alias or key for key, field in fields.items() if key not in OURS]
