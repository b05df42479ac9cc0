"""A configuration says where a secret is kept, never the secret itself."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from mailflow.config_file import ConfigError


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    """Built as part of the whole configuration, not by itself before."""


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
            if not (value := os.environ.get(self.env)):
                raise ConfigError(f"environment variable {self.env} is not set: set it and retry")
            return value
        try:
            return self._path(base).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                f"secret {self._path(base)}: {error.strerror}: create it or mend the path"
            ) from error
        except UnicodeDecodeError as error:
            raise ConfigError(f"secret {self._path(base)}: not a text in UTF-8") from error

    def _path(self, base: Path) -> Path:
        if self.file is not None:
            return base / self.file
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if folder is None:
            raise ConfigError(
                f"credential {self.credential}: there are none: start mailflow by a systemd unit "
                "with LoadCredential, or write {file: PATH}"
            )
        return Path(folder) / str(self.credential)
