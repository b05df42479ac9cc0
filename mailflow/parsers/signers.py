"""Which domains really signed a mail (DKIM, RFC 6376); the keys are looked up outside of the sandbox."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import dkim
import dkim.asn1
import dkim.crypto

from mailflow.parsers.mime_proof import MOST_SIGNATURES

MUST_BE_SIGNED = (b"from", b"subject", b"date", b"content-type")
"""What is read of a mail's head has to be what was signed, each line of it (reliability A08)."""
ALGORITHMS = (b"rsa-sha256",)
"""SHA-1 proves nothing any more (RFC 8301)."""
_UNREADABLE = (
    dkim.DKIMException,
    dkim.asn1.ASN1FormatError,
    dkim.crypto.DigestTooLargeError,
    dkim.crypto.UnparsableKeyError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)
_TESTING = re.compile(r"(?:^|;)\s*t\s*=[^;]*\by\b")


def signers_of(raw: bytes, keys: Mapping[str, str]) -> list[str]:
    """Domains, lower case. `keys` holds the DNS record by the name of each key that may count."""
    mail = dkim.DKIM(raw)
    count = sum(name.lower() == b"dkim-signature" for name, _ in mail.headers)
    found = (_signer(raw, number, keys) for number in range(min(count, MOST_SIGNATURES)))
    return list(dict.fromkeys(domain for domain in found if domain))


def _signer(raw: bytes, number: int, keys: Mapping[str, str]) -> str:
    mail = dkim.DKIM(raw)
    records = {name.encode(): record for name, record in keys.items()}

    def record_of(name: bytes, timeout: float = 0) -> bytes | None:
        record = records.get(name.rstrip(b".").lower())
        return record.encode() if record is not None and not _TESTING.search(record) else None

    try:
        prepared = mail.verify_headerprep(number)
        if not prepared or not _signs_enough(mail, *prepared[:2]):
            return ""
        is_right = mail.verify(number, dnsfunc=record_of)
    except _UNREADABLE:
        return ""
    return str(mail.domain, "ascii").lower() if is_right else ""


def _signs_enough(mail: dkim.DKIM, tags: Mapping[bytes, bytes], signed: list[bytes]) -> bool:
    """All of the body, and every line of the head that matters, also one that is added later."""
    there = Counter(name.lower() for name, _ in mail.headers)
    covered = Counter(signed)
    return (
        b"l" not in tags
        and tags.get(b"a") in ALGORITHMS
        and covered[b"from"] > 0
        and all(there[name] <= max(1, covered[name]) for name in MUST_BE_SIGNED)
        and all(covered[name] >= there[name] for name in MUST_BE_SIGNED)
    )
