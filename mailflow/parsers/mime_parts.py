"""Every part of a mail that could hold an order is gathered once, and none is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message as Part

from mailflow.domain.value import dataclass
from mailflow.parsers.mime_headers import Headers
from mailflow.parsers.mime_limits import (
    MAX_BODY,
    MAX_DEPTH,
    MAX_HEADER,
    MAX_HTML,
    MAX_PARTS,
    MailRefused,
    check_raw,
)
from mailflow.parsers.mime_marks import is_ours, is_report
from mailflow.parsers.mime_names import file_name, safe_name, type_named
from mailflow.parsers.mime_text import bytes_to_text, clean_body, decoded
from mailflow.parsers.mime_tree import parsed

BODIES = frozenset({"text/plain", "text/html"})
MAILS = frozenset({"message/rfc822", "message/global"})
PROTOCOL = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "message/global-headers",
    }
)
"""What mail systems tell each other; never a person's attachment."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """`path` is the part's place in the mail, such as `1.2`; `inline` as its sender marked it.

    `name` is for showing only and never empty: where nobody named the part it is `part-1.2`.
    `within` is the name of the archive it was packed in.
    """

    name: str
    data: bytes
    content_type: str
    inline: bool
    path: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The words of one mail as markup and as plain text, as far as it has them, capped.

    `forwarded` are those of a mail inside; `cut` says that there was more.
    """

    html: str = ""
    text: str = ""
    forwarded: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the tree: IMAP-like path, levels down, and whether inside a forwarded mail."""

    path: str
    depth: int
    forwarded: bool

    def below(self, number: int, *, forwarded: bool = False) -> _Spot:
        inside = self.forwarded or forwarded
        return _Spot(f"{self.path}.{number}", self.depth + 1, inside)


class Gathered:
    """Walks the tree of parts once. A forwarded mail is entered one level deep (M05): its
    attachments count as the outer sender's; a mail forwarded inside it is kept as a whole.

    Not forwarded, and not entered: what a mail system returns with its report, and our own.
    """

    def __init__(self, mail: Part) -> None:
        self.head = Headers(mail)
        self._is_report = is_report(self.head)
        self.attachments: list[Attachment] = []
        self.text = ""
        self.has_calendar = False
        self._words: dict[tuple[bool, str], list[str]] = {}
        self._count = 0
        self._header_size = 0
        self._walk(mail, _Spot("1", 0, False))

    def _walk(self, part: Part, at: _Spot) -> None:
        headers = Headers(part) if at.depth else self.head
        self._measure(headers, at)
        content_type = type_named(part.get_content_type())
        if content_type in PROTOCOL:
            return
        self.has_calendar = self.has_calendar or content_type == "text/calendar"
        if not part.is_multipart():
            self._leaf(part, headers, content_type, at)
            return
        for number, child in enumerate(_children(part), start=1):
            if content_type.startswith("multipart/"):
                self._walk(child, at.below(number))
            elif content_type in MAILS and not at.forwarded:
                if not self._is_report:
                    self._forwarded(_reopened(child, headers), at.below(number, forwarded=True))
            else:
                self._keep(child, headers, content_type, at)

    def _forwarded(self, mail: Part, at: _Spot) -> None:
        if not is_ours(Headers(mail)):
            self._walk(mail, at)

    def _measure(self, headers: Headers, at: _Spot) -> None:
        self._count += 1
        self._header_size += headers.size
        if at.depth > MAX_DEPTH or self._count > MAX_PARTS:
            raise MailRefused(f"more than {MAX_PARTS} parts or {MAX_DEPTH} levels")
        if self._header_size > MAX_HEADER:
            raise MailRefused(f"headers of more than {MAX_HEADER} bytes")

    def _keep(self, inner: Part, headers: Headers, content_type: str, at: _Spot) -> None:
        """A mail inside a forwarded one, a piece of a mail: not read, but shown that it came."""
        subject = safe_name(Headers(inner).text("subject"))
        name = file_name(headers) or subject or f"part-{at.path}"
        self.attachments.append(Attachment(name, _source(inner), content_type, False, at.path))

    def _leaf(self, part: Part, headers: Headers, content_type: str, at: _Spot) -> None:
        name = file_name(headers)
        disposition = headers.word("content-disposition").partition(";")[0].strip()
        if content_type in BODIES and not name and disposition != "attachment":
            self._body(part, content_type, at.forwarded)
            return
        data = payload_of(part)
        if not name and not data.strip():
            return
        if name.casefold().endswith(".eml") and not at.forwarded:
            check_raw(data)
            self._forwarded(parsed(data), at.below(1, forwarded=True))
            return
        inline = disposition == "inline" or bool(headers.raw("content-id"))
        shown = name or f"part-{at.path}"
        self.attachments.append(Attachment(shown, data, content_type, inline, at.path))

    def _body(self, part: Part, content_type: str, forwarded: bool) -> None:
        """The words are the outer sender's alone; a table may stand in what he forwards."""
        data = payload_of(part)[: 4 * MAX_HTML]
        text = clean_body(bytes_to_text(data, str(part.get_param("charset") or "")))
        if not text.strip():
            return
        if content_type == "text/plain" and not forwarded and not self.text:
            self.text = text.strip()[:MAX_BODY]
        self._words.setdefault((forwarded, content_type), []).append(text)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The outer mail's, then the forwarded one's; clients cut one text into several parts."""
        return tuple(
            Body(_capped(html), _capped(text), forwarded, max(len(html), len(text)) > MAX_HTML)
            for forwarded in (False, True)
            if (html := "\n".join(self._words.get((forwarded, "text/html"), ())))
            + (text := "\n".join(self._words.get((forwarded, "text/plain"), ())))
        )


def _capped(text: str) -> str:
    return text[:MAX_HTML]


def _children(part: Part) -> Iterator[Part]:
    payload = _written(part)
    if isinstance(payload, list):
        yield from (child for child in payload if isinstance(child, Part))


def _written(part: Part) -> object:
    """The parts inside, or the text as it stands; nothing where its charset is one of Python's own
    codecs that cannot decode it."""
    try:
        return part.get_payload()
    except (ValueError, LookupError):
        return ""


def payload_of(part: Part) -> bytes:
    """The part's bytes, transfer encoding undone as far as it goes."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else b""


def _reopened(inner: Part, outer: Headers) -> Part:
    """Some gateways send a forwarded mail in base64, which the standard forbids."""
    coding = outer.word("content-transfer-encoding")
    text = _written(inner)
    if coding not in ("base64", "quoted-printable") or inner.keys() or not isinstance(text, str):
        return inner
    envelope: Part = Part()
    envelope["Content-Transfer-Encoding"] = coding
    envelope.set_payload(text)
    data = payload_of(envelope)
    check_raw(data)
    return parsed(data)


def _source(inner: Part) -> bytes:
    """About the bytes it came from: enough to tell a person that it was there."""
    lines = [f"{name}: {decoded(str(value))}" for name, value in inner.raw_items()]
    payload = _written(inner)
    body = payload if isinstance(payload, str) else ""
    return "\r\n".join([*lines, "", body]).encode("utf-8", "replace")
