"""Public keys of mail domains, looked up in the DNS and kept for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import dns.nameserver
    import dns.resolver

SECONDS = 5.0
"""For one key, all servers and tries together: a mail does not wait for a slow domain."""
KEPT = 3600.0
MISSED = 60.0
MOST_KEPT = 1_000


Told = Callable[[str, str], None]


def untold(_name: str, _why: str) -> None:
    """For when nobody keeps a log."""


@dataclass(slots=True)
class DnsKeys:
    """`servers` are addresses, with `:port` where it is not 53; the machine's own where none is named."""

    servers: Sequence[str] = ()
    told: Told = untold
    """Hears of each key that was not found, and why."""
    monotonic: Callable[[], float] = time.monotonic
    _kept: dict[str, tuple[float, str | None]] = field(default_factory=dict)
    _resolver: dns.resolver.Resolver | None = None

    def find(self, name: str) -> str | None:
        """The record under a name. None where there is none, and where nobody answers: then the
        mail is not proven, which a person sees, and the next mail asks again after a minute."""
        now = self.monotonic()
        until, record = self._kept.get(name, (0.0, None))
        if now < until:
            return record
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        record = self._asked(name)
        self._kept[name] = (now + (KEPT if record is not None else MISSED), record)
        return record

    def _asked(self, name: str) -> str | None:
        trouble_of_dns: Any = import_module("dns.exception").DNSException
        try:
            answer = self._open().resolve(name, "TXT", lifetime=SECONDS, search=False)
        except (trouble_of_dns, OSError) as trouble:
            self.told(name, type(trouble).__name__)
            return None
        records = [b"".join(each.strings).decode("ascii", "replace") for each in answer]
        # Several records under one name are none (RFC 6376, 3.6.2.2).
        return records[0] if len(records) == 1 else None

    def _open(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            # Loading it takes a while, and most commands ask for no key.
            resolving: Any = import_module("dns.resolver")
            self._resolver = resolving.Resolver(configure=not self.servers)
            if self.servers:
                self._resolver.nameservers = [_nameserver(server) for server in self.servers]
        return self._resolver


def _nameserver(text: str) -> dns.nameserver.Nameserver:
    """`192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`."""
    host, colon, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "")
    servers: Any = import_module("dns.nameserver")
    found: dns.nameserver.Nameserver = servers.Do53Nameserver(host, int(port) if colon else 53)
    return found
