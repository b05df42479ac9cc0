"""What the folders are called into which mails go that were dealt with (the contract, "Configuration")."""

from __future__ import annotations

from mailflow.domain.mail import MailState

FILED = tuple(state for state in MailState if state is not MailState.WAITING)


def outcome_name(state: MailState) -> str:
    """`Done`, `Returned`, …: words of every mail program, in the language of none."""
    return state.value.capitalize()
