"""Where the daemon tells how it is, as configured."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from mailflow.config_file import ConfigError
from mailflow.config_secret import Secret, Strict


class AlarmConfig(Strict):
    """`webhook`: where the address of a group robot is kept: whoever knows it may write there."""

    webhook: Secret

    def url(self, base: Path) -> str:
        """Raises `ConfigError`."""
        url = self.webhook.reveal(base)
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
        if not (parts.scheme == "https" or local) or not parts.hostname:
            raise ConfigError("health.alarm.webhook: its address must begin with https://")
        return url


class HealthConfig(Strict):
    """`file` is written all the time, `listen` answers at `/health` and `/metrics`. Each
    `round_trip_hours` a mail goes to our own address, and has to come back; none where it is not set."""

    file: Path = Path("health.json")
    listen: str | None = Field(default=None)
    alarm: AlarmConfig | None = None
    round_trip_hours: int | None = Field(default=None, ge=1, le=168)

    @field_validator("listen")
    @classmethod
    def _a_place(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                host, port = _host_and_port(value)
                ipaddress.ip_address(host)
                if not 0 <= port <= 65535:
                    raise ValueError(port)
            except ValueError as error:
                raise ValueError("write ADDRESS:PORT, such as 127.0.0.1:9280") from error
        return value

    @property
    def place(self) -> tuple[str, int] | None:
        return _host_and_port(self.listen) if self.listen else None


def _host_and_port(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    return host.strip("[]"), int(port)
