"""Whether the From line of a mail is proven: by a signature, or by what our own server found out.

The levels are those of reliability 2.9. A signature proves the domain that made it (RFC 6376), so it
counts only where that domain is the sender's own or one above it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from mailflow.domain.value import dataclass

OLDEST = timedelta(days=30)
"""A mail that was written longer ago proves nothing by now: whoever has it can send it again, rightly
signed (reliability A09). What is younger is known as a repeat by its contents."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A DKIM signature as the mail states it, lower case; nobody has looked whether it is right."""

    domain: str
    selector: str

    @property
    def key_name(self) -> str:
        """Where its key stands in the DNS (RFC 6376, 3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True)
class ServerVerdict:
    """An Authentication-Results line (RFC 8601), lower case: which server wrote it, what it says of
    DMARC, and of which From domain. `dmarc` is empty where it says nothing or cannot be read."""

    server: str
    dmarc: str = ""
    header_from: str = ""


@dataclass(frozen=True, slots=True)
class Belief:
    """What the house takes for proof beside signatures: the From line itself, on a closed network,
    or the verdicts of the server of this name."""

    from_line: bool = False
    server: str = ""


def is_aligned(signer: str, sender: str) -> bool:
    """Whether a domain may speak for an address: it is the address's own, or one above it."""
    domain = sender.rpartition("@")[2]
    return bool(domain) and "." in signer and (domain == signer or domain.endswith("." + signer))


def is_of_old(written: datetime | None, received: datetime) -> bool:
    """By the Date line, which a right signature covers."""
    return written is not None and received - written > OLDEST


def telling(signatures: Sequence[Signature], sender: str) -> Iterator[Signature]:
    """The signatures that would prove something of this sender."""
    return (s for s in dict.fromkeys(signatures) if is_aligned(s.domain, sender))


def is_proven(
    sender: str, signed_by: Collection[str], verdicts: Sequence[ServerVerdict], belief: Belief
) -> bool:
    """`signed_by` are the domains whose signatures are right.

    A sender can write verdicts too: where several bear our server's name, all must say the same
    good thing (reliability A03).
    """
    if belief.from_line:
        return True
    if any(is_aligned(domain, sender) for domain in signed_by):
        return True
    server = belief.server.lower()
    ours = [v for v in verdicts if server and v.server == server]
    domain = sender.rpartition("@")[2]
    return bool(ours) and all(v.dmarc == "pass" and v.header_from == domain for v in ours)
