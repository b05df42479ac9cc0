"""What is known of a mail provider beforehand; what its servers offer by themselves is asked of them.

The figures stand in `providers.yaml`, each with whether the provider publishes it.
"""

from __future__ import annotations

from mailflow.domain.pace import Rate
from mailflow.domain.value import dataclass

BY_USE = "\\Sent"
"""In place of a folder's name: the one that the server itself marks as that of sent mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`imap`, `smtp`: host names with ports. `logins`: ends of login names that tell this provider
    from another one with the same hosts; none: all others.

    `secret` is `password`, `code` (an authorisation code made for programs) or `oauth2`, `secret_from`
    where a person gets it. `rates` are kept to; `published` says whether the provider names them.
    `later`, `account`, `day`: regular expressions of its replies (`outbox/carrier.py`).
    """

    code: str
    name: str
    imap: tuple[str, ...] = ()
    smtp: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    login: str = "the whole address"
    secret: str = "password"
    secret_from: str = ""
    needs_id: bool = False
    idles: bool = True
    folders_below: str = ""
    """The one folder in which a program may make folders; empty: at the top."""
    keeps_sent: bool = False
    """Whether what is sent by SMTP arrives in the folder of sent mails by itself."""
    imap_connections: int = 0
    smtp_connections: int = 0
    per_connection: int = 100
    """Messages after which a connection is made anew."""
    recipients: int = 0
    """Most recipients of a message, 0: unknown. Each of ours has one."""
    megabytes: int = 0
    rates: tuple[Rate, ...] = ()
    published: bool = False
    later: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    """Regular expressions of greetings, capabilities and ID replies that give it away."""


UNKNOWN = Provider(code="unknown", name="a provider that is not known")
