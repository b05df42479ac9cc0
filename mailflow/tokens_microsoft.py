"""Tokens of Microsoft 365 by its own library: of the app itself, or of a person who said yes once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msal
import requests
from msal.exceptions import MsalError

from mailflow.ports import TokenRefused, TokenTrouble
from mailflow.token_file import TokenFile
from mailflow.token_http import TokenSession

AUTHORITY, RESOURCE = "https://login.microsoftonline.com", "https://outlook.office365.com"
CHINA = "https://partner.outlook.cn"
LATER = frozenset({"temporarily_unavailable", "server_error", "slow_down"})


@dataclass(frozen=True, slots=True)
class MicrosoftSettings:
    """`secret` empty: a person said yes, or has to. `authority`: in place of the usual one."""

    user: str
    client_id: str
    tenant: str
    secret: str = field(default="", repr=False)
    authority: str = ""
    ca_file: str | None = None

    @property
    def resource(self) -> str:
        return CHINA if self.authority.endswith(".cn") else RESOURCE


class MicrosoftTokens:
    """Each is renewed some minutes before it ends, by the library."""

    def __init__(self, settings: MicrosoftSettings, file: TokenFile) -> None:
        self._settings, self._file = settings, file
        self._cache = msal.SerializableTokenCache()
        self._app: Any = None
        self._at_work = threading.Lock()

    def __call__(self, fresh: bool) -> str:
        """An access token; `fresh`: the one of before was refused."""
        with self._at_work:
            told = self._asked(
                lambda: self._of_app(fresh) if self._settings.secret else self._of_person(fresh)
            )
        return self._token(told)

    def authorise(self, show: Callable[[str], None]) -> None:
        """Have a person say yes: `show` tells him where and by which code; waits for him."""
        scopes = self._scopes()
        flow = self._asked(lambda: self._opened().initiate_device_flow(scopes=scopes))
        if "user_code" not in flow:
            raise self._refused(flow)
        show(str(flow["message"]))
        told = self._asked(lambda: self._opened().acquire_token_by_device_flow(flow))
        self._token(told)

    def _of_app(self, fresh: bool) -> Mapping[str, Any]:
        app = self._opened()
        if fresh:
            app.remove_tokens_for_client()
        told: Mapping[str, Any] = app.acquire_token_for_client(
            [f"{self._settings.resource}/.default"]
        )
        return told

    def _of_person(self, fresh: bool) -> Mapping[str, Any]:
        app = self._opened()
        self._cache.deserialize(self._file.read() or "{}")
        mine = self._settings.user.casefold()
        known = [a for a in app.get_accounts() if str(a.get("username", "")).casefold() == mine]
        # A shared mailbox is opened by the account of the person who said yes.
        for account in known or app.get_accounts():
            told: Mapping[str, Any] | None = app.acquire_token_silent_with_error(
                self._scopes(), account, force_refresh=fresh
            )
            if told:
                return told
        return {"error": "nobody said yes yet"}

    def _scopes(self) -> list[str]:
        return [
            f"{self._settings.resource}/{right}" for right in ("IMAP.AccessAsUser.All", "SMTP.Send")
        ]

    def _opened(self) -> Any:
        if self._app is not None:
            return self._app
        s = self._settings
        options: dict[str, Any] = {
            "authority": f"{s.authority or AUTHORITY}/{s.tenant}",
            "http_client": TokenSession(s.ca_file),
            "token_cache": self._cache,
            # Which addresses are Microsoft's is asked of Microsoft; another one was named on purpose.
            "instance_discovery": not s.authority,
        }
        if s.secret:
            self._app = msal.ConfidentialClientApplication(
                s.client_id, client_credential=s.secret, **options
            )
        else:
            self._app = msal.PublicClientApplication(s.client_id, **options)
        return self._app

    def _asked(self, question: Callable[[], Any]) -> Any:
        try:
            return question()
        except (requests.RequestException, MsalError, ValueError) as error:
            raise TokenTrouble(
                f"oauth2: no token from {self._settings.authority or AUTHORITY} "
                f"({type(error).__name__}): it is tried again; check network and oauth2.tenant"
            ) from error

    def _token(self, told: Mapping[str, Any]) -> str:
        if self._cache.has_state_changed and not self._settings.secret:
            self._file.write(self._cache.serialize())
        if "access_token" in told:
            return str(told["access_token"])
        raise self._refused(told)

    def _refused(self, told: Mapping[str, Any]) -> TokenRefused | TokenTrouble:
        error = str(told.get("error", "no reason"))
        if error in LATER:
            return TokenTrouble(f"oauth2: no token for {self._settings.user} now ({error})")
        words = str(told.get("error_description", "")).splitlines()[:1]
        said = ": ".join([error, *words])[:200]
        way = (
            "check oauth2.client_id, tenant and client_secret (it may have expired), and that the app "
            "has IMAP.AccessAsApp and SMTP.SendAsApp"
            if self._settings.secret
            else "run `mailflow authorise`"
        )
        return TokenRefused(f"oauth2: token for {self._settings.user} refused ({said}): {way}")
