"""Whoever gives out tokens, on this machine: HTTPS, what Microsoft's and Google's libraries ask for."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

from tests.authority import Authority

KEY = "loopback-key-of-thirty-two-bytes-x"
TENANT = "songping"
OFFICE = "https://outlook.office365.com"
RIGHTS = f"{OFFICE}/IMAP.AccessAsUser.All {OFFICE}/SMTP.Send"


@dataclass
class TokenEndpoint:
    """`refuse`: the error it answers instead; `asked`: the form of each wish for a token.

    Its tokens are signed with `KEY`, for `user`, and end after `seconds`.
    """

    user: str = "orders"
    seconds: int = 3600
    refuse: str = ""
    status: int = 200
    pending: int = 0
    """So often a person has not said yes yet."""
    asked: list[dict[str, str]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def authority(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {"sub": self.user, "username": self.user, "iat": now, "nbf": now - 60}
        claims |= {"exp": now + 3600, "n": len(self.given), "aud": "mail"}
        token = jwt.encode(claims, KEY, algorithm="HS256")
        self.given.append(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": self.seconds}


class _Handler(BaseHTTPRequestHandler):
    endpoint: TokenEndpoint

    def log_message(self, *_: object) -> None:
        """Nothing to see."""

    def do_GET(self) -> None:
        base = f"{self.endpoint.authority}/{TENANT}"
        self._answer(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "device_authorization_endpoint": f"{base}/devicecode",
            }
        )

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        if self.path.endswith("/devicecode"):
            told = {"device_code": "dev", "user_code": "ABCD-EFGH", "expires_in": 60, "interval": 0}
            self._answer(
                {
                    **told,
                    "verification_uri": "https://example.com/device",
                    "message": "enter ABCD-EFGH",
                }
            )
            return
        self.endpoint.asked.append(form)
        if self.endpoint.pending:
            self.endpoint.pending -= 1
            self._answer({"error": "authorization_pending"}, 400)
        elif self.endpoint.refuse:
            self._answer({"error": self.endpoint.refuse, "error_description": "not any more"}, 400)
        elif self.endpoint.status >= 500:
            self._answer({}, self.endpoint.status)
        else:
            self._answer({**self.endpoint.token(), **self._of_a_person(form)})

    def _of_a_person(self, form: dict[str, str]) -> dict[str, Any]:
        if form["grant_type"] == "client_credentials":
            return {}
        endpoint, now = self.endpoint, int(time.time())
        claims = {"iss": endpoint.authority, "aud": form["client_id"], "sub": "1", "oid": "1"}
        claims |= {
            "tid": TENANT,
            "preferred_username": endpoint.user,
            "iat": now,
            "exp": now + 3600,
        }
        info = jwt.api_jws.base64url_encode(b'{"uid":"1","utid":"1"}').decode()
        return {
            "refresh_token": "canary-refresh",
            "id_token": jwt.encode(claims, KEY, algorithm="HS256"),
            "client_info": info,
            "scope": RIGHTS,
        }

    def _answer(self, shape: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(shape).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running_endpoint(authority: Authority) -> Iterator[TokenEndpoint]:
    endpoint = TokenEndpoint()
    handler = type("Handler", (_Handler,), {"endpoint": endpoint})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = authority.server_context().wrap_socket(server.socket, server_side=True)
    endpoint.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
