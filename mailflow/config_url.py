"""Addresses of mailboxes and carriers: `imaps://user@host:port`, `maildir:path`."""

from __future__ import annotations

from pathlib import Path

from mailflow.domain.value import dataclass

PORTS = {"imaps": 993, "imap": 143, "smtps": 465, "smtp+starttls": 587, "smtp": 25}
LOOPBACK = ("127.", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` for maildir, else host and port; `user` may hold an `@`, as many providers want."""

    scheme: str
    user: str = ""
    host: str = ""
    port: int = 0
    path: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether nothing leaves this machine by it (rehearsals with `--now` need that)."""
        return self.path is not None or self.host.startswith(LOOPBACK)

    def __str__(self) -> str:
        if self.path is not None:
            return f"{self.scheme}:{self.path}"
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}://{user}{self.host}:{self.port}"


def parse_endpoint(value: object, schemes: tuple[str, ...]) -> Endpoint:
    """Raises ValueError with the forms that are understood."""
    text = str(value).strip()
    scheme, colon, rest = text.partition(":")
    if not colon or scheme not in schemes:
        raise ValueError(f"{text!r}: begin with one of {', '.join(schemes)}")
    if scheme == "maildir":
        if not rest or rest.startswith("//"):
            raise ValueError("write maildir:FOLDER, relative to this file")
        return Endpoint(scheme, path=Path(rest))
    if rest.startswith("//") and ":" in rest[2:].rpartition("@")[0]:
        raise ValueError("no password in the address: use the key `password`")
    user, _, place = rest.removeprefix("//").rstrip("/").rpartition("@")
    host, port = _host_and_port(place, PORTS[scheme])
    if not rest.startswith("//") or not host:
        raise ValueError(f"{text!r}: write {scheme}://USER@HOST or {scheme}://USER@HOST:PORT")
    if scheme in ("imap", "smtp") and not host.startswith(LOOPBACK):
        raise ValueError(
            f"{scheme}:// is not encrypted and only for this machine itself: "
            f"write {scheme}s://{' or smtp+starttls://' if scheme == 'smtp' else ''}"
        )
    return Endpoint(scheme, user, host, port)


def _host_and_port(place: str, default: int) -> tuple[str, int]:
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        host, _, port = place.partition(":")
    if port and not port.isdigit():
        raise ValueError(f"{port!r} is no port number")
    return host, int(port) if port else default
