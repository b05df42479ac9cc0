"""Who wrote a mail: exactly one plain address in exactly one From line, or nobody.

Libraries read some From lines otherwise than the server that checked the sender does
(CVE-2023-27043); what can be read in two ways is read in none.
"""

from __future__ import annotations

import re

from mailflow.parsers.mime_text import decoded

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = rf"{_ATOM}(?:\.{_ATOM})*"
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
_ADDRESS = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_QUOTED = re.compile(r'"(?:[^"\\\x00-\x1f]|\\[^\x00-\x1f])*"')


def sole_address(values: list[str]) -> tuple[str | None, str]:
    """Address in lower case and display name; the address is None where there is any doubt."""
    if len(values) != 1:
        return None, ""
    value = re.sub(r"\r?\n[ \t]+", " ", str(values[0])).strip()
    if any(ord(c) < 32 and c != "\t" for c in value):
        return None, ""
    if value.endswith(">") and value.count("<") == 1 and value.count(">") == 1:
        name, _, address = value[:-1].partition("<")
        return _with_name(name.strip(), address)
    return _checked(value), ""


def _with_name(name: str, address: str) -> tuple[str | None, str]:
    bare = _QUOTED.sub("", name)
    if _QUOTED.fullmatch(name):
        shown = re.sub(r"\\(.)", r"\1", name[1:-1])
    else:
        shown = name
    # Outside of quotes these signs make lists, groups, comments or a second address.
    if any(c in bare for c in '",;:@()<>\\'):
        return None, decoded(shown)
    return _checked(address), decoded(shown)


def _checked(address: str) -> str | None:
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        return None
    local, _, domain = address.partition("@")
    return f"{local}@{domain}".casefold() if len(local) <= 64 else None
