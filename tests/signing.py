"""Senders that sign their mails, and a name server on this machine that knows their keys."""

from __future__ import annotations

import base64
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import dkim
import dns.flags
import dns.message
import dns.rcode
import dns.rrset

SIGNED = (b"from", b"to", b"subject", b"date", b"message-id", b"content-type", b"mime-version")


@cache
def key_pair() -> tuple[bytes, str]:
    """A private key, and the record that is published of it."""
    private = _openssl("genrsa", "-traditional", "1024")
    public = _openssl("rsa", "-pubout", "-outform", "DER", given=private)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def signed(raw: bytes, domain: str = "songping.example", **more: Any) -> bytes:
    private, _ = key_pair()
    options: dict[str, Any] = {"include_headers": SIGNED, **more}
    header = dkim.sign(raw, b"s1", domain.encode(), private, **options)
    return bytes(header) + raw


def record() -> str:
    return key_pair()[1]


@contextmanager
def name_server(records: Mapping[str, str]) -> Iterator[str]:
    """Its address; it answers for these text records and says of all others that there are none."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=_answer, args=(server, records))
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.sendto(b"", server.getsockname())
        thread.join()
        server.close()


def _answer(server: socket.socket, records: Mapping[str, str]) -> None:
    while True:
        asked, who = server.recvfrom(4096)
        if not asked:
            return
        question = dns.message.from_wire(asked)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        name = question.question[0].name
        if (text := records.get(name.to_text(omit_final_dot=True))) is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            pieces = " ".join(f'"{text[n : n + 200]}"' for n in range(0, len(text), 200))
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", pieces))
        server.sendto(answer.to_wire(), who)


def _openssl(*arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(
        ["openssl", *arguments], input=given, check=True, capture_output=True
    ).stdout
