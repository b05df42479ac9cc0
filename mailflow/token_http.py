"""HTTPS to whoever gives out tokens: verified, with a time-out on each request."""

from __future__ import annotations

from typing import Any

import requests

SECONDS = 30.0


class TokenSession(requests.Session):
    """A `ca_file` that is configured holds, whatever the environment names; without one, as usual."""

    def __init__(self, ca_file: str | None) -> None:
        super().__init__()
        self._ca_file = ca_file

    def request(self, method: str, url: str, **more: Any) -> Any:  # type: ignore[override] # all else is handed on
        # `Session.verify` would give way to REQUESTS_CA_BUNDLE, what stands in a request does not.
        if self._ca_file and more.get("verify") in (None, True):
            more["verify"] = self._ca_file
        more["timeout"] = more.get("timeout") or SECONDS
        return super().request(method, url, **more)
