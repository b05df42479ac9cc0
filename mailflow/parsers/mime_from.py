"""Who wrote a mail: exactly one plain address in exactly one From line, or nobody.

Libraries read some From lines otherwise than the server that checked the sender does
(CVE-2023-27043); what can be read in two ways is read in none (reliability A05, A06, A10).
"""

from __future__ import annotations

import re

from mailflow.parsers.mime_text import decoded

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?=[A-Za-z0-9-]*[A-Za-z])(?=..){_LABEL}", re.ASCII
)
_QUOTED = re.compile(r'"(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f])*+"')
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
LONGEST_LINE = 4096
"""Signs of a From line that are looked at; a longer one is nobody's."""


def sole_address(values: list[str]) -> tuple[str | None, str]:
    """Address in lower case and display name; the address is None where there is any doubt.

    `values` are the header's lines as they came, raw bytes as surrogate escapes: in GBK a byte of
    a Chinese sign can look like `@`, and such a line can be read in two ways.
    """
    if len(values) != 1 or len(values[0]) > LONGEST_LINE:
        return None, ""
    value = _FOLD.sub("", values[0]).strip(" \t\r\n")
    if _CONTROL.search(value):
        return None, ""
    if not value.endswith(">"):
        return _checked(value), ""
    name, bracket, address = value[:-1].rpartition("<")
    if not bracket:
        return None, ""
    return _with_name(name.strip(" \t"), address)


def _with_name(name: str, address: str) -> tuple[str | None, str]:
    bare = _QUOTED.sub("", name)
    shown = decoded(_QUOTED.sub(lambda m: re.sub(r"\\(.)", r"\1", m[0][1:-1]), name))
    # Outside of quotes these signs make lists, groups, comments or a second address.
    if any(sign in bare for sign in '",;:@()<>\\'):
        return None, shown
    return _checked(address), shown


def _checked(address: str) -> str | None:
    """ASCII only: a full-width or Cyrillic domain is another one, `xn--` stands for itself."""
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        return None
    return address.lower() if len(address.partition("@")[0]) <= 64 else None
