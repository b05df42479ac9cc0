"""What a person attached to a mail: told by name, size and hash; its bytes are asked for one by one."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence

from mailflow.domain.attached import Attached
from mailflow.parsers.mime_limits import check_raw
from mailflow.parsers.mime_parts import Attachment, Gathered
from mailflow.parsers.mime_tree import parsed
from mailflow.parsers.sandbox_wire import ChildError
from mailflow.parsers.spoiled_zip import SPOILED

PROGRAM, MACRO = "program", "macro"
SMALLEST_SHOWN = 30 * 1024
"""Bytes of a picture inside the text that is more than the logo of a signature."""
MOST_MEMBERS = 2_000
PROGRAMS = frozenset(
    (
        *(
            "exe",
            "com",
            "scr",
            "pif",
            "bat",
            "cmd",
            "msi",
            "msp",
            "dll",
            "cpl",
            "sys",
            "lnk",
            "url",
        ),
        *(
            "js",
            "jse",
            "vbs",
            "vbe",
            "wsf",
            "wsh",
            "hta",
            "ps1",
            "psm1",
            "jar",
            "apk",
            "app",
            "reg",
        ),
        *(
            "iso",
            "img",
            "vhd",
            "vhdx",
            "chm",
            "html",
            "htm",
            "shtml",
            "xhtml",
            "svg",
            "mht",
            "mhtml",
        ),
        *("sh", "py", "php", "xll", "xlam", "ade", "application", "gadget", "inf", "scf", "one"),
    )
)
"""Endings of what runs, or shows a page that may, when somebody opens it."""
MACROS = frozenset(("xlsm", "xltm", "docm", "dotm", "pptm", "potm", "ppsm", "ppam"))
_VBA_PARTS = ("vbaproject.bin", "vbadata.xml")
_VBA = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
_OLE, _EXE, _ELF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF"
NO_FILES = frozenset(("text/calendar", "text/vcard", "text/x-vcard")) | frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
)


class NotThere(ChildError):
    """A mail has no such part: it is not the mail that was read."""


def attached_in(attachments: Sequence[Attachment]) -> tuple[Attached, ...]:
    """All that is more than a logo or a signature; archives are told as they came, unopened."""
    return tuple(
        Attached(
            name=a.name,
            path=a.path,
            size=len(a.data),
            sha256=hashlib.sha256(a.data).hexdigest(),
            unfit=unfit(a.name, a.data),
        )
        for a in attachments
        if _is_meant(a)
    )


def attached_file(raw: bytes, sha256: str) -> bytes:
    """The bytes of one part of a mail, as they came. Raises `MailRefused`, `NotThere`."""
    check_raw(raw)
    for attachment in Gathered(parsed(raw)).attachments:
        if hashlib.sha256(attachment.data).hexdigest() == sha256:
            return attachment.data
    raise NotThere(sha256)


def _is_meant(attachment: Attachment) -> bool:
    is_logo = attachment.inline and attachment.content_type.startswith("image/")
    if is_logo and len(attachment.data) < SMALLEST_SHOWN:
        return False
    return bool(attachment.data) and attachment.content_type not in NO_FILES


def unfit(name: str, data: bytes) -> str:
    """Why nobody gets it from us; empty where there is nothing against it."""
    endings = {_ending(name)}
    if data.startswith(b"PK"):
        names = [n.casefold() for n in _members(data)]
        endings |= {_ending(n) for n in names}
        if any(n.endswith(_VBA_PARTS) for n in names):
            return MACRO
    if endings & PROGRAMS or data.startswith((_EXE, _ELF)):
        return PROGRAM
    has_macro = data.startswith(_OLE) and any(sign in data for sign in _VBA)
    return MACRO if has_macro or endings & MACROS else ""


def _members(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (i.filename for i in archive.infolist()[:MOST_MEMBERS])
    except SPOILED:
        return


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().casefold() if "." in name else ""
