"""Raw mails for tests, header by header, byte by byte."""

from __future__ import annotations

import base64

HONEST = ("From: Wang <rm.shandong@chenlu.example>", "Subject: November")


def a_mail(*headers: str | bytes, body: str | bytes = "hello\n") -> bytes:
    """Header lines as given (text as UTF-8, bytes as they are), CRLF line ends."""
    lines = [line.encode() if isinstance(line, str) else line for line in headers]
    text = body.encode() if isinstance(body, str) else body
    return b"\r\n".join([*lines, b"", text])


def a_part(*headers: str | bytes, data: bytes = b"hello") -> bytes:
    """One part, its data in base64."""
    return a_mail(
        *headers,
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(data).replace(b"\n", b"\r\n"),
    )


def with_parts(
    *parts: bytes, headers: tuple[str | bytes, ...] = HONEST, kind: str = "mixed"
) -> bytes:
    """A multipart of the parts given."""
    boundary = f"=_{len(b''.join(parts))}_{kind}"
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return a_mail(
        *headers,
        f'Content-Type: multipart/{kind}; boundary="{boundary}"',
        body=body + b"--%s--\r\n" % boundary.encode(),
    )


def a_text(text: str = "hello", kind: str = "plain") -> bytes:
    return a_mail(f"Content-Type: text/{kind}; charset=utf-8", body=text)
