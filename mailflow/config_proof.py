"""How it is found out who wrote a mail, as configured."""

from __future__ import annotations

import ipaddress

from pydantic import Field, field_validator

from mailflow.config_secret import Strict


class AuthenticationConfig(Strict):
    """Signatures are checked by ourselves. `authserv_id` is the name under which our own mail server
    writes Authentication-Results; empty where its word is not taken."""

    authserv_id: str = Field(default="", max_length=253, pattern=r"^[^\s;\"]*$")
    nameservers: tuple[str, ...] = ()
    """Addresses, with `:port` where it is not 53; the machine's own where none is named."""

    @field_validator("nameservers")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for server in value:
            host, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "53")
            try:
                ipaddress.ip_address(host)
            except ValueError:
                raise ValueError(
                    f"{server!r} is no address: write one such as 192.0.2.53 or 192.0.2.53:5353"
                ) from None
            if not (port.isdecimal() and 0 < int(port) < 65536):
                raise ValueError(f"{server!r}: a port is a number from 1 to 65535")
        return value
