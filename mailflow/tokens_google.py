"""Tokens of Gmail and Workspace by Google's own library: of a service account, or of a refresh token."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from google.oauth2.service_account import Credentials as ServiceAccount

from mailflow.ports import TokenRefused, TokenTrouble
from mailflow.token_http import TokenSession

SCOPE = "https://mail.google.com/"
ENDPOINT = "https://oauth2.googleapis.com/token"


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """`account` is the JSON key of a service account that may act for `user`; empty: `refresh_token`
    with `client_id` and `secret`."""

    user: str
    client_id: str = ""
    secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    account: str = field(default="", repr=False)
    endpoint: str = ENDPOINT
    ca_file: str | None = None


class GoogleTokens:
    """Each is renewed some minutes before it ends, by the library; nothing is kept on disk."""

    def __init__(self, settings: GoogleSettings) -> None:
        self._settings = settings
        self._credentials: Any = None
        self._at_work = threading.Lock()

    def __call__(self, fresh: bool) -> str:
        """An access token; `fresh`: the one of before was refused."""
        with self._at_work:
            try:
                if self._credentials is None:
                    self._credentials = _credentials(self._settings)
                if fresh or not self._credentials.valid:
                    self._credentials.refresh(self._request())
            except RefreshError as error:
                raise self._refused(error) from error
            except (TransportError, requests.RequestException) as error:
                raise TokenTrouble(
                    f"oauth2: no token from {self._settings.endpoint} ({type(error).__name__}): it is "
                    "tried again; check the network"
                ) from error
            except (GoogleAuthError, ValueError) as error:
                raise TokenRefused(
                    f"oauth2: the key of the service account cannot be used "
                    f"({type(error).__name__}): download it anew (oauth2.service_account)"
                ) from error
            return str(self._credentials.token)

    def _request(self) -> Request:
        return Request(TokenSession(self._settings.ca_file))

    def _refused(self, error: RefreshError) -> TokenRefused | TokenTrouble:
        if error.retryable:
            return TokenTrouble(f"oauth2: no token for {self._settings.user} now: tried again")
        way = (
            "allow the service account domain-wide delegation for https://mail.google.com/"
            if self._settings.account
            else "it was revoked or has expired: get a new one into oauth2.refresh_token"
        )
        words = str(error.args[0] if error.args else error).splitlines()[0][:200]
        return TokenRefused(f"oauth2: token for {self._settings.user} refused ({words}): {way}")


def _credentials(settings: GoogleSettings) -> Any:
    if settings.account:
        info = json.loads(settings.account)
        account: Any = ServiceAccount
        return account.from_service_account_info(info, scopes=[SCOPE], subject=settings.user)
    person: Any = Credentials
    return person(
        None,
        refresh_token=settings.refresh_token,
        token_uri=settings.endpoint,
        client_id=settings.client_id,
        client_secret=settings.secret,
        scopes=[SCOPE],
    )
