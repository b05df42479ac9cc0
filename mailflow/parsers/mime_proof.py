"""What a mail says of its own proof: signatures and servers' verdicts, none of them believed here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import authres

from mailflow.domain.proof import ServerVerdict, Signature
from mailflow.parsers.mime_headers import Headers

MOST_SIGNATURES = 8
MOST_VERDICTS = 16
"""More lines of either kind than this are no mail's: none of them is looked at."""
LONGEST = 8_192
_TAG = re.compile(r"\s*([a-z]+)\s*=\s*([^;]*)", re.ASCII)
_SPACE = re.compile(r"\s+")
_NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?)+(?<!\.)", re.ASCII
)
_SERVER = re.compile(r'\s*"?([^\s;"]+)')


def signatures_in(headers: Headers) -> tuple[Signature, ...]:
    lines = headers.all("dkim-signature")
    if len(lines) > MOST_SIGNATURES:
        return ()
    return tuple(s for line in lines if (s := _signature(line)) is not None)


def _signature(line: str) -> Signature | None:
    if len(line) > LONGEST:
        return None
    tags = {
        m[1]: _SPACE.sub("", m[2]).lower() for part in line.split(";") if (m := _TAG.match(part))
    }
    domain, selector = tags.get("d", ""), tags.get("s", "")
    if not _NAME.fullmatch(domain) or not _NAME.fullmatch(selector):
        return None
    return Signature(domain, selector)


def verdicts_in(headers: Headers) -> tuple[ServerVerdict, ...]:
    """A line that cannot be read is kept with its server's name: it may hide a bad verdict."""
    lines = headers.all("authentication-results")
    if len(lines) > MOST_VERDICTS:
        return tuple(ServerVerdict(_server(line)) for line in lines[:MOST_VERDICTS])
    return tuple(verdict for line in lines for verdict in _verdicts(line))


def _verdicts(line: str) -> Iterator[ServerVerdict]:
    server = _server(line)
    try:
        if len(line) > LONGEST:
            raise ValueError
        read = authres.AuthenticationResultsHeader.parse_value(_SPACE.sub(" ", line).strip())
    except (authres.AuthResError, ValueError, LookupError):
        yield ServerVerdict(server)
        return
    said = [result for result in read.results if result.method == "dmarc"]
    if not said:
        yield ServerVerdict(server)
    for result in said:
        names = [p.value for p in result.properties if (p.type, p.name) == ("header", "from")]
        name = names[0].rpartition("@")[2].lower() if len(names) == 1 else ""
        yield ServerVerdict(server, str(result.result).lower(), name)


def _server(line: str) -> str:
    match = _SERVER.match(line)
    return match[1].lower()[:253] if match else ""
