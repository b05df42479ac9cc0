"""Logging in by OAuth2 where a provider takes no passwords: whose tokens, and who may ask for them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator

from mailflow.config_secret import Secret, Strict


class OAuthConfig(Strict):
    """Microsoft: `client_id` and `tenant` of an app registration, with `client_secret` where the app
    itself may read the mailbox, without it a person says yes once (`mailflow authorise`). Google: a
    `service_account` (Workspace), or `client_id`, `client_secret` and a `refresh_token`.
    """

    provider: Literal["microsoft", "google"]
    client_id: str = ""
    tenant: str = ""
    client_secret: Secret | None = None
    refresh_token: Secret | None = None
    service_account: Secret | None = None
    authority: str = ""
    """Where tokens are asked for, in place of the provider's usual address."""
    ca_file: Path | None = None
    tokens: Path = Path("oauth2.json")
    """Where Microsoft's are kept; only this user can read it."""

    @field_validator("authority")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        place = urlsplit(value)
        if value and (place.scheme != "https" or not place.hostname):
            raise ValueError("write https://HOST, such as https://login.partner.microsoftonline.cn")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> OAuthConfig:
        if self.provider == "microsoft":
            if not (self.client_id and self.tenant):
                raise ValueError("microsoft needs client_id and tenant of the app registration")
        elif self.service_account is None and not (
            self.client_id and self.client_secret and self.refresh_token
        ):
            raise ValueError(
                "google needs service_account, or client_id, client_secret and refresh_token"
            )
        return self

    def secrets(self) -> dict[str, Secret]:
        """By their key."""
        kept = {
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
            "service_account": self.service_account,
        }
        return {f"oauth2.{name}": secret for name, secret in kept.items() if secret is not None}
