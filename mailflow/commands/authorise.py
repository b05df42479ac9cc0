"""`mailflow authorise`: the owner of a mailbox says yes at the provider's own page."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.saying import Failed, complain, load_config, say
from mailflow.config import Config, ConfigError
from mailflow.ports import TokenTrouble
from mailflow.tokens import assert_installed, microsoft_tokens


def authorise(config_path: Path) -> int:
    """Waits until he did, or the code has run out. 0 where tokens are there now."""
    try:
        config = load_config(config_path)
        oauth = config.oauth2
        if oauth is None or oauth.provider != "microsoft" or oauth.client_secret is not None:
            complain(
                "authorise: nobody has to say yes here: it is for oauth2 with provider: microsoft "
                "and no client_secret"
            )
            return 1
        assert_installed(oauth)
        microsoft_tokens(config, oauth, _user(config)).authorise(say)
    except Failed as failed:
        return failed.code
    except (ConfigError, TokenTrouble) as trouble:
        complain(str(trouble))
        return 1
    say(f"{config.path(oauth.tokens)}: tokens are kept there; then: mailflow doctor")
    return 0


def _user(config: Config) -> str:
    by_token = [s for s in (config.mailbox, config.transport) if s.login == "oauth2"]
    return (by_token or [config.mailbox])[0].url.user
