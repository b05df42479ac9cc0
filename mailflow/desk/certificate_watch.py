"""Certificates of the servers are watched: one that ends is told while there is time (T07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.domain.certificate import SOON, Certificate
from mailflow.domain.matter import MachineTrouble, Matter, MatterKind


def certificate_matters(
    certificates: Iterable[Certificate], zone: ZoneInfo, now: datetime
) -> Iterator[Matter]:
    """A line of everybody's digest, each day until it is renewed."""
    for certificate in certificates:
        if certificate.is_ending(now):
            yield Matter(
                kind=MatterKind.MACHINE,
                reference=certificate.server,
                reason=MachineTrouble.CERTIFICATE_ENDS.value,
                since=certificate.ends - SOON,
                subject=certificate.ends.astimezone(zone).date().isoformat(),
            )
