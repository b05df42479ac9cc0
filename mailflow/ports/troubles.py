"""What the world refuses, and what an operator is refused, as exceptions."""

from __future__ import annotations


class Trouble(Exception):
    """The world's trouble: try again later. The text says what, where and what next."""


class MailboxTrouble(Trouble):
    """The mailbox cannot be reached or does not answer as it should."""


class LoginRefused(MailboxTrouble):
    """The server refused the account; retrying soon may lock it (reliability I20)."""


class TokenTrouble(Trouble):
    """Whoever gives out tokens cannot be reached, or has none just now."""


class TokenRefused(TokenTrouble):
    """No token will be given until a person does something."""


class StoreTrouble(Trouble):
    """The database cannot be reached, is locked, full or damaged."""


class NotSent(Trouble):
    """Nothing was delivered. `permanent` tells a refusal from a try-later."""

    def __init__(self, text: str, *, permanent: bool = False) -> None:
        super().__init__(text)
        self.permanent = permanent


class PerhapsSent(Trouble):
    """The connection was lost after the final dot: nobody knows (reliability S01)."""


class Refusal(Exception):
    """A wish that cannot be granted; the text says why and names the way out."""
