"""The tokens by which a house logs in, as configured; None where it has passwords."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from mailflow.config import Config, ConfigError
from mailflow.config_oauth import OAuthConfig
from mailflow.config_secret import Secret
from mailflow.config_servers import MailboxConfig, TransportConfig
from mailflow.ports import Token
from mailflow.token_file import TokenFile

if TYPE_CHECKING:
    from mailflow.tokens_microsoft import MicrosoftTokens

LIBRARIES = {"microsoft": "msal", "google": "google.auth"}


def token_of(config: Config, server: MailboxConfig | TransportConfig) -> Token | None:
    """Raises `ConfigError` where the provider's library is not installed."""
    if server.login != "oauth2" or config.oauth2 is None:
        return None
    assert_installed(config.oauth2)
    if config.oauth2.provider == "microsoft":
        return microsoft_tokens(config, config.oauth2, server.url.user)
    return _google_tokens(config, config.oauth2, server.url.user)


def assert_installed(oauth: OAuthConfig) -> None:
    first = LIBRARIES[oauth.provider].partition(".")[0]
    if find_spec(first) is None or find_spec(LIBRARIES[oauth.provider]) is None:
        raise ConfigError(
            f"oauth2: the library of {oauth.provider} is not installed: "
            f"pip install 'mailflow[{oauth.provider}]'"
        )


def microsoft_tokens(config: Config, oauth: OAuthConfig, user: str) -> MicrosoftTokens:
    # The provider's library takes half a second to load, and is an extra.
    from mailflow.tokens_microsoft import MicrosoftSettings, MicrosoftTokens

    settings = MicrosoftSettings(
        user=user,
        client_id=oauth.client_id,
        tenant=oauth.tenant,
        secret=_revealed(config, oauth.client_secret),
        authority=oauth.authority,
        ca_file=_ca_file(config, oauth),
    )
    return MicrosoftTokens(settings, TokenFile(config.path(oauth.tokens)))


def _google_tokens(config: Config, oauth: OAuthConfig, user: str) -> Token:
    from mailflow.tokens_google import ENDPOINT, GoogleSettings, GoogleTokens

    settings = GoogleSettings(
        user=user,
        client_id=oauth.client_id,
        secret=_revealed(config, oauth.client_secret),
        refresh_token=_revealed(config, oauth.refresh_token),
        account=_revealed(config, oauth.service_account),
        endpoint=oauth.authority or ENDPOINT,
        ca_file=_ca_file(config, oauth),
    )
    return GoogleTokens(settings)


def _revealed(config: Config, secret: Secret | None) -> str:
    return secret.reveal(config.base) if secret else ""


def _ca_file(config: Config, oauth: OAuthConfig) -> str | None:
    return str(config.path(oauth.ca_file)) if oauth.ca_file else None
